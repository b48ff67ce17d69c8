using System.Collections.Immutable;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Compilers.Options;

/// <summary>
/// What <c>DW_AT_producer</c> and <c>.GCC.command.line</c> hold (<c>gen_producer_string</c> in <c>gcc/opts.cc</c>): the language, the
/// version and the options that were given, separated by blanks.
/// </summary>
/// <param name="Version">The version, such as <c>12.2.0</c>; empty when it is missing.</param>
/// <param name="Flags">The options that decide about passes.</param>
/// <param name="IsClang">Whether it is clang's.</param>
/// <param name="IsLto">Whether the compiler of link-time optimisation wrote it.</param>
internal sealed record ProducerOptions(string Version, ImmutableArray<string> Flags, bool IsClang, bool IsLto)
{
    /// <summary>Reads a text; null when it is of no compiler of C.</summary>
    public static ProducerOptions? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (text.Contains("clang", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("GNU ", StringComparison.Ordinal))
        {
            return new ProducerOptions("", [], true, false);
        }

        var words = text.Split((char[])[' ', '\0', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var options = Array.FindIndex(words, word => word.StartsWith('-'));
        var head = words.AsSpan(0, options < 0 ? words.Length : options);
        var flags = PassFlags.Select(words.AsSpan(head.Length));
        if (head.IsEmpty)
        {
            // GCC 10 and earlier record the options alone in .GCC.command.line.
            return new ProducerOptions("", flags, false, false);
        }

        if (head.Length < 2 || head[0] != "GNU" || !(head[1] is "GIMPLE" || head[1].StartsWith('C')))
        {
            return null;
        }

        var version = "";
        foreach (var word in head[2..])
        {
            if (char.IsAsciiDigit(word[0]))
            {
                version = word;
                break;
            }
        }

        return new ProducerOptions(version, flags, false, head[1] == "GIMPLE");
    }
}
