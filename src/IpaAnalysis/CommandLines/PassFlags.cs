using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>Picks from a command line the options that can decide which passes ran.</summary>
public static class PassFlags
{
    // Options of gcc/common.opt that name files or shape output: they decide nothing, and some would write when asked about.
    private static readonly string[] s_without =
    [
        "-fdump-", "-fdiagnostics-", "-fmessage-length", "-ffile-prefix-map=", "-fmacro-prefix-map=", "-fdebug-prefix-map=",
        "-fprofile-prefix-map=", "-frandom-seed=", "-fstack-usage", "-fcallgraph-info", "-fopt-info", "-fsave-optimization-record",
        "-frecord-gcc-switches", "-fverbose-asm", "-fdebug-", "-fvisibility", "-fmax-errors=", "-fworking-directory",
        "-fno-working-directory", "-fmem-report", "-ftime-report", "-fpch-", "-fcompare-debug",
    ];

    // Options that take the next word, which is then no option of its own.
    private static readonly string[] s_withValue = ["-B", "--prefix", "-prefix", "-specs", "--specs", "-wrapper", "-Xassembler", "-Xlinker", "-Xpreprocessor"];

    /// <summary>
    /// The options that decide: <c>-O…</c>, <c>-f…</c>, <c>-m…</c>, <c>-p</c>, <c>-pg</c>, and what makes GCC load or run something
    /// (<c>-specs</c>, <c>-B</c>, <c>-wrapper</c>, <c>@FILE</c>). Includes, macros, warnings, inputs and outputs are left out.
    /// </summary>
    /// <param name="words">The command's words after the compiler.</param>
    public static ImmutableArray<string> Select(ReadOnlySpan<string> words)
    {
        var flags = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (s_withValue.Contains(word))
            {
                if (word.StartsWith("-X", StringComparison.Ordinal))
                {
                    i++;
                    continue;
                }

                flags.Add(word);
                if (++i < words.Length)
                {
                    flags.Add(words[i]);
                }
            }
            else if (CommandLineParser.TakesNext(word))
            {
                i++;
            }
            else if (Decides(word))
            {
                flags.Add(word);
            }
        }

        return flags.ToImmutable();
    }

    /// <summary>Whether an option makes GCC load or run what the command names: a plugin, a spec file, a wrapper, other programs, more options.</summary>
    public static bool LoadsCode(string flag)
    {
        ArgumentNullException.ThrowIfNull(flag);
        return flag.StartsWith('@')
            || flag.StartsWith("-B", StringComparison.Ordinal)
            || flag.StartsWith("--prefix", StringComparison.Ordinal)
            || flag.StartsWith("-prefix", StringComparison.Ordinal)
            || flag.StartsWith("-fplugin", StringComparison.Ordinal)
            || flag.StartsWith("-iplugindir", StringComparison.Ordinal)
            || flag.StartsWith("-fmodule-mapper", StringComparison.Ordinal)
            || flag.StartsWith("-specs", StringComparison.Ordinal)
            || flag.StartsWith("--specs", StringComparison.Ordinal)
            || flag.StartsWith("-wrapper", StringComparison.Ordinal);
    }

    private static bool Decides(string word)
    {
        if (word is "-p" or "-pg" or "--profile"
            || LoadsCode(word)
            || word.StartsWith("-O", StringComparison.Ordinal)
            || word.StartsWith("--optimize", StringComparison.Ordinal)
            || word.StartsWith("-m", StringComparison.Ordinal))
        {
            return true;
        }

        return word.StartsWith("-f", StringComparison.Ordinal) && !Array.Exists(s_without, without => word.StartsWith(without, StringComparison.Ordinal));
    }
}
