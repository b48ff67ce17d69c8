using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source;

/// <summary>Takes things out of a preprocessed text without moving anything: every offset and line stays where it was.</summary>
internal static class SourceBlanking
{
    // GCC manual, "Common Function Attributes": a call that is left in the code is an error, or a warning.
    private static readonly byte[][] s_refusals = ["error"u8.ToArray(), "__error__"u8.ToArray()];

    /// <summary>
    /// Takes the attribute <c>error("…")</c> out of all declarations, so that code with a call that optimisation should have
    /// removed compiles; the call itself stays and can be compared.
    /// </summary>
    /// <returns>The new text; null when there is no such attribute.</returns>
    public static byte[]? WithoutErrorAttributes(byte[] text)
    {
        byte[]? result = null;
        var lexer = new SourceLexer(text, 0);
        var before = default(SourceToken);
        var token = lexer.Next();
        while (token.Kind != SourceTokenKind.End || token.Start < token.End)
        {
            var next = lexer.Next();
            if (next.Kind == SourceTokenKind.OpenParenthesis
                && token.Kind == SourceTokenKind.Identifier
                && before.Kind is SourceTokenKind.OpenParenthesis or SourceTokenKind.Comma or SourceTokenKind.Colon or SourceTokenKind.OpenBracket
                && IsRefusal(text.AsSpan(token.Start..token.End)))
            {
                var start = token.Start;
                token = lexer.Next();
                if (token.Kind != SourceTokenKind.String)
                {
                    continue;
                }

                while (token.Kind == SourceTokenKind.String)
                {
                    token = lexer.Next();
                }

                if (token.Kind == SourceTokenKind.CloseParenthesis)
                {
                    result ??= [.. text];
                    Blank(result.AsSpan(start..token.End));
                }

                continue;
            }

            (before, token) = (token, next);
        }

        return result;
    }

    /// <summary>Takes a function's body out, its braces too; <see cref="IdleBody"/> belongs there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="function">A definition with a body.</param>
    public static byte[] WithoutBody(byte[] text, Definition function)
    {
        var result = (byte[])text.Clone();
        Blank(result.AsSpan(function.BodyStart..function.BodyEnd));
        return result;
    }

    /// <summary>What makes a function whose body was taken out do nothing for ever, which needs nothing of any other function.</summary>
    public static SourceInsertion IdleBody(Definition function) => new(function.BodyStart, "{ for (;;) __asm__ (\"\"); }");

    private static bool IsRefusal(ReadOnlySpan<byte> word)
    {
        foreach (var refusal in s_refusals)
        {
            if (word.SequenceEqual(refusal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Blank(Span<byte> text)
    {
        var isDirective = false;
        var isLineStart = false;
        foreach (ref var c in text)
        {
            if (c is (byte)'\n' or (byte)'\r')
            {
                (isDirective, isLineStart) = (false, true);
                continue;
            }

            // Linemarkers inside stay, so that all lines behind keep their numbers.
            isDirective |= isLineStart && c == (byte)'#';
            isLineStart &= c is (byte)' ' or (byte)'\t';
            if (!isDirective)
            {
                c = (byte)' ';
            }
        }
    }
}
