using System.Globalization;
using IpaAnalysis.Faults.Cases;

namespace IpaAnalysis.Faults;

/// <summary>What to run.</summary>
internal sealed record FaultOptions
{
    public const string Usage = """
        build/faults.sh [--only NAME,...] [--seed N] [--share N] [--case TEXT] [--list]
          --only NAME,...  only these programs
          --seed N         another order, and another share (default 1)
          --share N        one of N cases of each program (default 1: all)
          --case TEXT      only cases whose name holds the text
          --list           lists the programs and how many cases each has, and runs nothing
        """;

    /// <summary>Where the cases' files and the table go, absolute.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The programs that were asked for; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether they are only listed.</summary>
    public bool List { get; init; }

    /// <summary>Which cases.</summary>
    public FaultSettings Settings { get; init; } = new();

    /// <summary>Reads the arguments; null if they are wrong.</summary>
    public static FaultOptions? Parse(string[] arguments)
    {
        var options = new FaultOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            FaultOptions? next = (arguments[i], value) switch
            {
                ("--list", _) => options with { List = true },
                ("--directory", { Length: > 0 }) => options with { Directory = Path.GetFullPath(value) },
                ("--packages", { Length: > 0 }) => options with { Settings = options.Settings with { Packages = Path.GetFullPath(value) } },
                ("--only", { Length: > 0 }) => options with { Only = value.Split(',') },
                ("--case", { Length: > 0 }) => options with { Settings = options.Settings with { Case = value } },
                ("--seed", _) when number >= 0 => options with { Settings = options.Settings with { Seed = number } },
                ("--share", _) when number > 0 => options with { Settings = options.Settings with { Share = number } },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            i += arguments[i] == "--list" ? 0 : 1;
            options = next;
        }

        return options.Directory.Length > 0 && options.Only.All(o => FaultRegistry.All.Any(p => p.Name == o)) ? options : null;
    }
}
