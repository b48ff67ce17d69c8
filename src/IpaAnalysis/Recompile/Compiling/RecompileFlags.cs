using System.Collections.Immutable;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>The words of a recorded command without its input, its outputs and what only writes more files.</summary>
internal static class RecompileFlags
{
    // What chooses the language and the outputs, and what writes further files wherever it says.
    private static readonly string[] s_alone =
    [
        "-c", "-S", "-E", "--compile", "--assemble", "--preprocess", "-M", "-MM", "-MD", "-MMD", "-MG", "-MP", "-MV",
        "-v", "-###", "-Q", "-pipe", "-fanalyzer", "-fstack-usage", "-fsave-optimization-record", "-ftime-report", "-fmem-report",
        "--dependencies", "--user-dependencies", "--write-dependencies", "--write-user-dependencies",
    ];

    private static readonly string[] s_withNext =
    [
        "-o", "--output", "-x", "--language", "-MF", "-MT", "-MQ", "-dumpdir", "-dumpbase", "-dumpbase-ext", "-aux-info",
        "-Xpreprocessor", "-Xassembler", "-Xlinker",
    ];

    private static readonly string[] s_beginnings =
    [
        "-o", "-x", "-MF", "-MT", "-MQ", "-save-temps", "--save-temps", "--output=", "--language=", "-fdump-", "-fcallgraph-info",
        "-fopt-info", "-fdiagnostics-", "-gsplit-dwarf", "-fprofile-note=", "-fcompare-debug", "-aux-info=", "-Wa,-a", "-Wl,",
    ];

    /// <summary>What is left of a command's words behind the compiler.</summary>
    /// <param name="words">The words, the compiler first.</param>
    /// <param name="source">The input as written.</param>
    public static ImmutableArray<string> Of(ImmutableArray<string> words, string? source)
    {
        var kept = ImmutableArray.CreateBuilder<string>(words.Length);
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            if (s_withNext.Contains(word))
            {
                i++;
            }
            else if (CommandLineParser.TakesNext(word) && i + 1 < words.Length)
            {
                kept.Add(word);
                kept.Add(words[++i]);
            }
            else if (word != source && !WritesOrChooses(word))
            {
                kept.Add(word);
            }
        }

        return kept.DrainToImmutable();
    }

    private static bool WritesOrChooses(string word) =>
        s_alone.Contains(word)
        || Array.Exists(s_beginnings, b => word.StartsWith(b, StringComparison.Ordinal))
        || (word.StartsWith("-Wp,", StringComparison.Ordinal) && word.Contains(",-M", StringComparison.Ordinal))
        || (word.StartsWith("-Wa,", StringComparison.Ordinal) && (word.Contains(",--MD", StringComparison.Ordinal) || word.Contains(",-o", StringComparison.Ordinal)));
}
