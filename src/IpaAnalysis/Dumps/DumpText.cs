using System.Buffers.Text;

namespace IpaAnalysis.Dumps;

/// <summary>The small parts that GCC's text files share.</summary>
internal static class DumpText
{
    private static ReadOnlySpan<byte> BuiltIn => "<built-in>"u8;

    /// <summary>Strips exactly one leading <c>*</c>: GCC marks with it an asm label that is the symbol as it stands.</summary>
    public static ReadOnlySpan<byte> AssemblerName(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && name[0] == (byte)'*' ? name[1..] : name;

    /// <summary>Reads a number as <c>%d</c> prints it, the whole span; false if it is none or too large for an <see cref="int"/>.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return !text.IsEmpty && text[0] != (byte)'+' && !HasLeadingZero(text) && Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }

    private static bool HasLeadingZero(ReadOnlySpan<byte> number)
    {
        var digits = number[0] == (byte)'-' ? number[1..] : number;
        return digits is [(byte)'0', _, ..] || (digits is [(byte)'0'] && number.Length > 1);
    }

    /// <summary>Reads a number as <see cref="TryNumber"/> does, but not a negative one.</summary>
    public static bool TryNatural(ReadOnlySpan<byte> text, out int value) => TryNumber(text, out value) && value >= 0;

    /// <summary>Reads <c>file:line:column</c> from the right, since a file name may hold colons; or a lone <c>&lt;built-in&gt;</c>.</summary>
    public static bool TryLocation(ReadOnlySpan<byte> text, out SourceLocation location)
    {
        var column = text.LastIndexOf((byte)':');
        if (column > 0 && TryNumber(text[(column + 1)..], out var columnNumber))
        {
            var line = text[..column].LastIndexOf((byte)':');
            if (line >= 0 && TryNumber(text[(line + 1)..column], out var lineNumber))
            {
                location = new SourceLocation(text[..line], lineNumber, columnNumber);
                return true;
            }
        }

        var builtIn = text.SequenceEqual(BuiltIn);
        location = builtIn ? new SourceLocation(text, 0, 0) : default;
        return builtIn;
    }
}
