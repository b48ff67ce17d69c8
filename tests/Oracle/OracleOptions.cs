using System.Globalization;

namespace IpaAnalysis.Oracle;

/// <summary>What to measure.</summary>
internal sealed record OracleOptions
{
    public const string Usage = """
        build/oracle.sh [--units N] [--functions N] [--attribute N] [--code-base NAME,...] [--compiler NAME] [--flags "WORDS"] [--verbose]
          --units N          at most N units of each code base (default 8; 0: all)
          --functions N      at most N functions of each code base (default 30; 0: all)
          --attribute N      find the pass of the misses of at most N functions of each code base and predictor (default 5; 0: none)
          --code-base        only these
          --compiler NAME    the compiler of the project's own sources (default gcc)
          --flags "WORDS"    its flags (default -O2)
          --verbose          list every miss and every false alarm with its evidence
        Environment: IPA_ORACLE_SOURCES: a directory of unpacked Debian sources; IPA_ORACLE_KERNEL: a kernel's O= tree
        """;

    /// <summary>Where results and intermediate files go.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The directory of the project's own sources.</summary>
    public string? OwnSources { get; init; }

    /// <summary>The directory that holds unpacked source packages; null for none.</summary>
    public string? DebianSources { get; init; }

    /// <summary>A kernel's O= tree; null for none.</summary>
    public string? Kernel { get; init; }

    /// <summary>The most units of a code base; 0 for all.</summary>
    public int Units { get; init; } = 8;

    /// <summary>The most functions of a code base; 0 for all.</summary>
    public int Functions { get; init; } = 30;

    /// <summary>The most functions of a code base and predictor whose misses are attributed.</summary>
    public int Attribute { get; init; } = 5;

    /// <summary>The code bases that were asked for; empty for all.</summary>
    public string[] CodeBases { get; init; } = [];

    /// <summary>The compiler of the project's own sources.</summary>
    public string Compiler { get; init; } = "gcc";

    /// <summary>Its flags.</summary>
    public string[] Flags { get; init; } = ["-O2"];

    /// <summary>Whether each miss and each false alarm is listed.</summary>
    public bool Verbose { get; init; }

    /// <summary>Reads the arguments; null if they are wrong.</summary>
    public static OracleOptions? Parse(string[] arguments)
    {
        var options = new OracleOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            OracleOptions? next = (arguments[i], value) switch
            {
                ("--verbose", _) => options with { Verbose = true },
                ("--directory", { Length: > 0 }) => options with { Directory = Path.GetFullPath(value) },
                ("--own", { Length: > 0 }) => options with { OwnSources = Path.GetFullPath(value) },
                ("--debian", { Length: > 0 }) => options with { DebianSources = Path.GetFullPath(value) },
                ("--kernel", { Length: > 0 }) => options with { Kernel = Path.GetFullPath(value) },
                ("--code-base", { Length: > 0 }) => options with { CodeBases = value.Split(',') },
                ("--compiler", { Length: > 0 }) => options with { Compiler = value },
                ("--flags", { Length: > 0 }) => options with { Flags = value.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
                ("--units", _) when number >= 0 => options with { Units = number },
                ("--functions", _) when number >= 0 => options with { Functions = number },
                ("--attribute", _) when number >= 0 => options with { Attribute = number },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            i += arguments[i] == "--verbose" ? 0 : 1;
            options = next;
        }

        return options.Directory.Length > 0 ? options : null;
    }
}
