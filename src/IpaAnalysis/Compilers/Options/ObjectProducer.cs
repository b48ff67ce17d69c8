using System.Collections.Immutable;
using System.Globalization;

namespace IpaAnalysis.Compilers.Options;

/// <summary>What an object says about the compiler that made it.</summary>
/// <param name="Version">Its full version, such as <c>12.2.0</c>; empty when unknown.</param>
/// <param name="Texts">What follows <c>GCC: </c> in <c>.comment</c>: the distribution's text and the version.</param>
/// <param name="IsClang">Whether clang made it.</param>
internal sealed record ObjectProducer(string Version, ImmutableArray<string> Texts, bool IsClang)
{
    private const string Gcc = "GCC: ";

    /// <summary>Whether anything tells one compiler from another.</summary>
    public bool IsKnown => Version.Length > 0 || !Texts.IsEmpty;

    /// <summary>The compiler for messages; empty when unknown.</summary>
    public string Name => IsClang ? "clang" : Version.Length > 0 ? "GCC " + Version : "";

    /// <summary>The first number of the version; 0 when unknown.</summary>
    public int Major => MajorOf(Version);

    public static ObjectProducer Of(OptionsQuery query, ProducerOptions? producer)
    {
        ImmutableArray<string> texts = [.. query.Compilers.Where(c => c.StartsWith(Gcc, StringComparison.Ordinal)).Select(c => c[Gcc.Length..].Trim())];
        var isClang = producer is { IsClang: true }
            || (texts.IsEmpty && producer is null && query.Compilers.Any(c => c.Contains("clang", StringComparison.OrdinalIgnoreCase)));
        var version = producer is { Version.Length: > 0 } ? producer.Version : texts.Select(VersionOf).FirstOrDefault(v => v.Length > 0) ?? "";
        return new ObjectProducer(version, texts, isClang);
    }

    /// <summary>Whether <c>--version</c> and <c>-dumpfullversion</c> of a compiler say the same.</summary>
    public bool Fits(string banner, string version) =>
        Texts.IsEmpty ? Version.Length == 0 || Version == version : Texts.Any(text => IsBanner(banner, text));

    public static int MajorOf(string version)
    {
        var end = version.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? version : version.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
    }

    /// <summary>
    /// The first line of <c>--version</c> is the program's name and the same text; a compiler that nobody branded says
    /// <c>(GCC)</c> there and <c>(GNU)</c> in <c>.comment</c> (<c>compile_file</c> in <c>gcc/toplev.cc</c>).
    /// </summary>
    private static bool IsBanner(string banner, string text) =>
        EndsWith(banner, text)
        || (text.StartsWith("(GNU) ", StringComparison.Ordinal) && EndsWith(banner, string.Concat("(GCC) ", text.AsSpan(6))));

    private static bool EndsWith(string banner, string text) =>
        text.Length > 0 && banner.EndsWith(text, StringComparison.Ordinal) && banner.Length > text.Length && banner[^(text.Length + 1)] == ' ';

    /// <summary>The version behind the distribution's text, which is in parentheses.</summary>
    private static string VersionOf(string text)
    {
        var depth = 0;
        var start = 0;
        for (; start < text.Length; start++)
        {
            depth += text[start] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0 && char.IsAsciiDigit(text[start]))
            {
                break;
            }
        }

        var end = text.IndexOf(' ', start);
        return end < 0 ? text[start..] : text[start..end];
    }
}
