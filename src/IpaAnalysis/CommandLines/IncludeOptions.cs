using System.Collections.Immutable;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.CommandLines;

/// <summary>The options that name directories of headers (GCC manual, "Directory Options").</summary>
internal static class IncludeOptions
{
    /// <summary>In the order of the search, whatever their order on the command line.</summary>
    private static readonly string[] Options = ["-iquote", "-I", "-isystem"];

    /// <summary>The directories that a command names, in the order in which the compiler looks into them.</summary>
    /// <param name="words">The compiler and its arguments.</param>
    public static ImmutableArray<string> Directories(ImmutableArray<string> words)
    {
        var found = new List<(int Rank, string Directory)>();
        var reader = new OptionReader(words.IsEmpty ? default : words.AsSpan()[1..]);
        while (reader.MoveNext())
        {
            var rank = Array.IndexOf(Options, reader.Current.Name);
            if (rank >= 0 && !reader.Current.LacksValue)
            {
                found.Add((rank, reader.Value.ToString()));
            }
        }

        return [.. found.OrderBy(static f => f.Rank).Select(static f => f.Directory)];
    }
}
