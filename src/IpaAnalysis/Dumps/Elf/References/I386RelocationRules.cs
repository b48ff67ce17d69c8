namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>i386 (System V psABI, "Relocation Types").</summary>
internal sealed class I386RelocationRules : RelocationRules
{
    private const uint Pc32 = 2;
    private const uint Got32 = 3;
    private const uint Plt32 = 4;
    private const uint Absolute16 = 20;
    private const uint Pc16 = 21;
    private const uint Pc8 = 23;
    private const uint Size32 = 38;
    private const uint Got32Relaxable = 43;

    public static readonly I386RelocationRules Instance = new();

    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        switch (relocation.Type)
        {
            case Pc32 or Plt32:
                // There is no PC-relative data access: what is no branch was written by hand.
                bias = 4;
                return X64RelocationRules.PcRelative(ByteBefore(code, relocation.Offset, 2), ByteBefore(code, relocation.Offset, 1)) == RelocationUse.NoAddress
                    ? RelocationUse.NoAddress
                    : RelocationUse.AddressEitherWay;
            case Pc16 or Pc8:
                return RelocationUse.NoAddress;
            case Got32 or Got32Relaxable:
                return RelocationUse.SymbolAddress;
            default:
                return InData(relocation.Type);
        }
    }

    public override long InPlaceAddend(in ElfRelocation relocation, ReadOnlySpan<byte> bytes, ElfEncoding encoding)
    {
        if (relocation.Type != Absolute16)
        {
            return base.InPlaceAddend(relocation, bytes, encoding);
        }

        var field = Around(bytes, relocation.Offset, 0, 2);
        return field.IsEmpty ? 0 : encoding.UInt16(field, 0);
    }

    public override RelocationUse InData(uint type) => type == Size32 ? RelocationUse.NoAddress : base.InData(type);
}
