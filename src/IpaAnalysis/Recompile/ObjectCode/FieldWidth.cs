using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>Relocations whose addend lies at the place itself, so that its bytes are part of what they lead to.</summary>
internal static class FieldWidth
{
    /// <summary>
    /// The width of the field in bytes; 0 where the bytes are compared as they are: where the relocation has an addend of
    /// its own, assemblers leave the field zero, and the fields of a kind that is not known are not read.
    /// </summary>
    public static int Of(ObjectImage image, ImageSection section, in ElfRelocation relocation)
    {
        if (section.HasAddends || image.Layout.Machine != ElfMachine.I386)
        {
            return 0;
        }

        var width = relocation.Type switch
        {
            // System V psABI for i386, "Relocation Types": R_386_16, PC16; 8, PC8; NONE; all others that assemblers write.
            20 or 21 => 2,
            22 or 23 => 1,
            0 => 0,
            _ => 4,
        };
        return relocation.Offset <= section.Header.Size - Math.Min((ulong)width, section.Header.Size) ? width : 0;
    }

    /// <summary>The addend of a relocation.</summary>
    public static long AddendOf(ObjectImage image, ImageSection section, in ElfRelocation relocation)
    {
        if (section.HasAddends)
        {
            return relocation.Addend;
        }

        var bytes = section.Bytes.Span;
        var encoding = image.Layout.Encoding;
        return bytes.IsEmpty ? 0 : Of(image, section, relocation) switch
        {
            4 => (int)encoding.UInt32(bytes, (int)relocation.Offset),
            2 => (short)encoding.UInt16(bytes, (int)relocation.Offset),
            1 => (sbyte)bytes[(int)relocation.Offset],
            _ => 0,
        };
    }
}
