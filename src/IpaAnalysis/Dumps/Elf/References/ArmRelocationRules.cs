namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>32-bit ARM and Thumb (AAELF32, "Relocation codes"). Assemblers keep the symbol of a function that is referred to.</summary>
internal sealed class ArmRelocationRules : RelocationRules
{
    private const uint Pc24 = 1;
    private const uint Absolute32 = 2;
    private const uint ThumbCall = 10;
    private const uint Plt32 = 27;
    private const uint Call = 28;
    private const uint Jump24 = 29;
    private const uint ThumbJump24 = 30;
    private const uint Target1 = 38;
    private const uint BxMark = 40;
    private const uint ThumbJump19 = 51;
    private const uint ThumbJump6 = 52;
    private const uint ThumbJump11 = 102;
    private const uint ThumbJump8 = 103;

    public static readonly ArmRelocationRules Instance = new();

    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        return relocation.Type switch
        {
            Pc24 or ThumbCall or Plt32 or Call or Jump24 or ThumbJump24 or BxMark => RelocationUse.NoAddress,
            ThumbJump19 or ThumbJump6 or ThumbJump11 or ThumbJump8 => RelocationUse.NoAddress,
            _ => InData(relocation.Type),
        };
    }

    // Addends of movw and movt and of place-relative words lie in the instruction or hold a distance.
    public override RelocationUse InData(uint type) => type switch
    {
        0 => RelocationUse.NoAddress,
        Absolute32 or Target1 => RelocationUse.Address,
        _ => RelocationUse.SymbolAddress,
    };
}
