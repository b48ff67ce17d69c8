using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>The options that name directories of headers (GCC manual, "Directory Options").</summary>
internal static class IncludeOptions
{
    /// <summary>In the order of the search, whatever their order on the command line.</summary>
    private static readonly string[] Options = ["-iquote", "-I", "-isystem"];

    /// <summary>The directories that a command names, in the order in which the compiler looks into them.</summary>
    public static ImmutableArray<string> Directories(ImmutableArray<string> words)
    {
        var directories = ImmutableArray.CreateBuilder<string>();
        foreach (var option in Options)
        {
            for (var i = 1; i < words.Length; i++)
            {
                if (!words[i].StartsWith(option, StringComparison.Ordinal))
                {
                    continue;
                }

                if (words[i].Length > option.Length)
                {
                    directories.Add(words[i][option.Length..]);
                }
                else if (i + 1 < words.Length)
                {
                    directories.Add(words[++i]);
                }
            }
        }

        return directories.ToImmutable();
    }
}
