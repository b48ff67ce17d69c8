namespace IpaAnalysis.Toolchain;

/// <summary>Which flags a user may give to the package's own compiles.</summary>
internal static class CompileFlags
{
    /// <summary>
    /// What is asked of every compile. Last on the command line, so that nothing before it can take it back;
    /// messages are read as plain text.
    /// </summary>
    public static readonly string[] Always =
    [
        "-fdiagnostics-color=never",
        "-fdump-ipa-clones",
        "-fcallgraph-info",
        "-fdump-ipa-icf-optimized",
    ];

    // Options of gcc/common.opt, c-family/c.opt and gcc.c that take the next argument as their value.
    private static readonly HashSet<string> TakesValue = new(StringComparer.Ordinal)
    {
        "-A", "-B", "-D", "-F", "-G", "-I", "-L", "-T", "-U", "-R", "-e", "-h", "-l", "-u", "-z",
        "-Xassembler", "-Xlinker", "-Xpreprocessor", "-aux-info", "-idirafter", "-imacros", "-imultiarch", "-imultilib",
        "-include", "-iplugindir", "-iprefix", "-iquote", "-isysroot", "-isystem", "-iwithprefix", "-iwithprefixbefore",
        "-param", "-specs", "-wrapper", "-Tbss", "-Tdata", "-Ttext",
        "--assert", "--define-macro", "--entry", "--for-assembler", "--for-linker", "--force-link", "--imacros", "--include",
        "--include-directory", "--include-directory-after", "--include-prefix", "--include-with-prefix",
        "--include-with-prefix-after", "--include-with-prefix-before", "--library-directory", "--no-sysroot-suffix", "--param",
        "--prefix", "--specs", "--undefine-macro",
    };

    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal)
    {
        "-E", "-S", "-###", "-", "-fsyntax-only", "-dumpbase", "-dumpbase-ext", "-dumpdir", "-dumpversion", "-dumpfullversion",
        "-dumpmachine", "-dumpspecs", "-v", "--assemble", "--preprocess", "--version", "--dependencies", "--user-dependencies",
        "--write-dependencies", "--write-user-dependencies", "--print-missing-file-dependencies", "-fpreprocessed",
        "-fno-callgraph-info",
    };

    private static readonly string[] RefusedBeginnings =
    [
        "-M", "-o", "-x", "-Wp,-E", "-Wp,-o", "-save-temps", "--save-temps", "--output", "--language", "--help", "--target-help", "-print-", "--print-",
        "-fdump-ipa-clones=", "-fdump-ipa-icf=", "-fdump-ipa-icf-optimized=", "-fdiagnostics-format=",
        "-fdiagnostics-add-output", "-fdiagnostics-set-output",
    ];

    /// <summary>Whether a flag takes the next word as its value.</summary>
    public static bool HasSeparateValue(string flag) => TakesValue.Contains(flag);

    /// <summary>Why a list of flags cannot be used: the first flag that may not be there and the reason; null when all may.</summary>
    public static (string Flag, string Reason)? FindRefused(IReadOnlyList<string> flags)
    {
        for (var i = 0; i < flags.Count; i++)
        {
            var flag = flags[i];
            if (flag.StartsWith('@'))
            {
                return (flag, "a change in a response file would go unnoticed; give its content instead");
            }

            if (!flag.StartsWith('-'))
            {
                return (flag, "it names an input; list sources as IpaSource items");
            }

            if (TakesValue.Contains(flag))
            {
                if (++i == flags.Count)
                {
                    return (flag, "its value is missing");
                }

                if (flag == "-Xpreprocessor" && flags[i].StartsWith("-M", StringComparison.Ordinal))
                {
                    return ($"{flag} {flags[i]}", WhyRefused);
                }
            }
            else if (Refused.Contains(flag)
                || (flag.StartsWith("-Wp,", StringComparison.Ordinal) && flag.Contains(",-M", StringComparison.Ordinal))
                || RefusedBeginnings.Any(beginning => flag.StartsWith(beginning, StringComparison.Ordinal)))
            {
                return (flag, WhyRefused);
            }
        }

        return null;
    }

    private const string WhyRefused = "it changes what the compiler makes, or where; the package compiles one source to one object with its dumps beside it";
}
