using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source;

/// <summary>
/// Takes the number out of inline assembly that is another for each instance, <c>%=</c> (GCC manual, "Extended Asm"): GCC counts all
/// instructions before it, so that it says nothing of the function it stands in.
/// </summary>
internal static class AssemblyNumbers
{
    // As long as %=, so that nothing moves, and a letter of a symbol to the assembler: U+00B6.
    private const byte First = 0xc2;
    private const byte Second = 0xb6;

    /// <summary>The text with the same mark for every such number; null when there is none.</summary>
    /// <param name="text">A preprocessed text.</param>
    public static byte[]? Without(byte[] text)
    {
        if (text.AsSpan().IndexOf((byte)'%') < 0)
        {
            return null;
        }

        byte[]? result = null;
        var tokens = SourceTokens.Read(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens.Kind(i) == SourceTokenKind.Identifier && IsAsm(tokens.Bytes(i)) && TemplateOf(tokens, i + 1) is var (start, end))
            {
                Replace(text, tokens, start, end, ref result);
            }
        }

        return result;
    }

    private static bool IsAsm(ReadOnlySpan<byte> word) => word.SequenceEqual("asm"u8) || word.SequenceEqual("__asm__"u8) || word.SequenceEqual("__asm"u8);

    /// <summary>The literals of a template behind <c>asm</c> and its qualifiers; null without operands: there a percent sign is only that.</summary>
    private static (int Start, int End)? TemplateOf(SourceTokens tokens, int index)
    {
        while (tokens.Kind(index) == SourceTokenKind.Identifier)
        {
            index++;
        }

        var start = index + 1;
        var end = start;
        while (tokens.Kind(end) == SourceTokenKind.String)
        {
            end++;
        }

        return tokens.Kind(index) == SourceTokenKind.OpenParenthesis && tokens.Kind(end) == SourceTokenKind.Colon ? (start, end) : null;
    }

    /// <summary>Literals side by side are one template: the sign may end one and the next begin with what follows it.</summary>
    private static void Replace(byte[] text, SourceTokens tokens, int start, int end, ref byte[]? result)
    {
        var percent = -1;
        for (var literal = start; literal < end; literal++)
        {
            var last = tokens[literal].End - 1;
            for (var i = tokens[literal].Start + text.AsSpan(tokens[literal].Start..last).IndexOf((byte)'"') + 1; i < last; i++)
            {
                if (percent >= 0 && text[i] == (byte)'=')
                {
                    result ??= [.. text];
                    (result[percent], result[i]) = (First, Second);
                }

                percent = percent < 0 && text[i] == (byte)'%' ? i : -1;
                i += text[i] == (byte)'\\' ? 1 : 0;
            }
        }
    }
}
