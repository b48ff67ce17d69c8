using System.Collections.Immutable;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Takes apart what GCC joined.</summary>
/// <remarks>
/// GCC joins options with one blank and quotes nothing; every option starts with a minus sign. So an option ends where
/// a blank and a minus sign follow, and blanks inside a value stay in it. What cannot be told apart is a value that
/// itself holds a blank and a minus sign (<c>-frandom-seed=a -O3</c>): its rest looks like an option of its own.
/// </remarks>
internal static class ProducerText
{
    /// <summary>Whether GCC's C or C++ compiler wrote a producer; <c>GNU AS</c>, <c>GNU GIMPLE</c> (<c>lto1</c>) and others are none.</summary>
    public static bool IsGnuC(ReadOnlySpan<byte> text) =>
        text.StartsWith("GNU C"u8) && (text.Length == 5 || text[5] is (byte)' ' or (byte)'+' or (>= (byte)'0' and <= (byte)'9'));

    /// <summary>Takes apart a text such as <c>GNU C17 12.2.0 -mtune=generic -O2</c>.</summary>
    /// <param name="text">A text for which <see cref="IsGnuC"/> holds.</param>
    /// <param name="origin">Where it was found.</param>
    public static RecordedProducer Parse(string text, ProducerOrigin origin)
    {
        var end = NextOption(text, 0);
        var head = text.AsSpan(0, end);
        var language = head[4..].IndexOf(' ');
        language = language < 0 ? head.Length : language + 4;
        var words = ImmutableArray.CreateBuilder<string>();
        while (end < text.Length)
        {
            var start = end + 1;
            end = NextOption(text, start);
            AddWords(words, text[start..end]);
        }

        return new()
        {
            Language = head[..language].ToString(),
            Version = head[language..].Trim(' ').ToString(),
            Words = words.ToImmutable(),
            Origin = origin,
        };
    }

    /// <summary>Adds an option, and apart from it the value that stood apart on the command line.</summary>
    public static void AddWords(ImmutableArray<string>.Builder words, string option)
    {
        var blank = option.IndexOf(' ', StringComparison.Ordinal);
        if (blank > 0 && OptionSpeller.TakesNext(option[..blank]))
        {
            words.Add(option[..blank]);
            words.Add(option[(blank + 1)..]);
        }
        else
        {
            words.Add(option);
        }
    }

    /// <summary>The blank before the next option, or the text's end.</summary>
    private static int NextOption(string text, int from)
    {
        for (; text.IndexOf(" -", from, StringComparison.Ordinal) is >= 0 and var blank; from = blank + 1)
        {
            // A minus sign alone is no option that GCC records.
            if (blank + 2 < text.Length && text[blank + 2] != ' ')
            {
                return blank;
            }
        }

        return text.Length;
    }
}
