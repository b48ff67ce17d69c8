namespace IpaAnalysis.Benchmarks;

/// <summary>What to measure.</summary>
internal sealed record BenchOptions
{
    /// <summary>How the program is called.</summary>
    public static string Usage => $"""
        build/bench.sh [--s-only] [--rows NAME,...] [--keep]
          --s-only   only the corpus as it is, not the tenfold one
          --rows     only these of: {string.Join(' ', Report.Rows.All)}
          --keep     leave the trees for the next run
        """;

    /// <summary>Where trees, projects and results go.</summary>
    public required string Directory { get; init; }

    /// <summary>The directory that holds the packed package; null when no build is measured.</summary>
    public string? Packages { get; init; }

    /// <summary>Whether L is left out.</summary>
    public bool SmallOnly { get; init; }

    /// <summary>Whether the trees stay for the next run.</summary>
    public bool Keep { get; init; }

    /// <summary>The rows that were asked for; empty for all.</summary>
    public string[] Rows { get; init; } = [];

    /// <summary>Whether a row is asked for.</summary>
    public bool Wants(string row) => Rows.Length == 0 || Rows.Contains(row);

    /// <summary>Reads the arguments; null if they are wrong.</summary>
    public static BenchOptions? Parse(string[] arguments)
    {
        var options = new BenchOptions { Directory = "" };
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--s-only":
                    options = options with { SmallOnly = true };
                    continue;
                case "--keep":
                    options = options with { Keep = true };
                    continue;
                case "--rows" when value is not null:
                    options = options with { Rows = value.Split(',') };
                    break;
                case "--directory" when value is not null:
                    options = options with { Directory = Path.GetFullPath(value) };
                    break;
                case "--packages" when value is not null:
                    options = options with { Packages = Path.GetFullPath(value) };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options.Directory.Length > 0 && options.Rows.All(Report.Rows.All.Contains) ? options : null;
    }
}
