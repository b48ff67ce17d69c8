using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Compilers;

/// <summary>
/// The environment in which compilers are asked about code that something else compiled: nothing in it makes them run a program
/// of a tree or write beside what they are told to.
/// </summary>
internal static class CompilerEnvironment
{
    // Where a driver looks for cc1 and as: GCC manual, "Environment Variables Affecting GCC".
    private static readonly string[] s_searchPaths = ["PATH", "COMPILER_PATH"];

    // A prefix, not a list.
    private const string SearchPrefix = "GCC_EXEC_PREFIX";

    // The first two name files to write (GCC manual, same chapter), the third compiles twice and compares (gcc/gcc.cc,
    // process_command), the next two are searched for a file "specs", which runs programs (seen with GCC 12), and nothing is linked; the last
    // two change what is printed.
    private static readonly string[] s_removed =
        ["DEPENDENCIES_OUTPUT", "SUNPRO_DEPENDENCIES", "GCC_COMPARE_DEBUG", "LIBRARY_PATH", "LPATH", "GCC_EXTRA_DIAGNOSTIC_OUTPUT", "GCC_COLORS"];

    /// <summary>Makes the environment.</summary>
    /// <param name="environment">The environment of the build.</param>
    /// <param name="untrusted">Absolute directories of trees whose programs must not be run.</param>
    public static IReadOnlyDictionary<string, string> For(IReadOnlyDictionary<string, string> environment, IReadOnlyCollection<string> untrusted)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(untrusted);
        var result = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (var name in s_removed)
        {
            result.Remove(name);
        }

        var trees = untrusted.SelectMany(static t => new[] { t, RealPath.Of(t) }).Where(static t => t != "/").Distinct(StringComparer.Ordinal).ToArray();
        foreach (var name in s_searchPaths)
        {
            if (result.TryGetValue(name, out var value))
            {
                // An empty entry is the directory that a compiler runs in, which may be the tree's.
                Set(result, name, string.Join(':', value.Split(':').Where(e => IsSafe(e, trees))));
            }
        }

        if (result.TryGetValue(SearchPrefix, out var prefix) && !IsSafe(prefix, trees))
        {
            result.Remove(SearchPrefix);
        }

        // A hit would answer for a compiler that was never run.
        result["CCACHE_DISABLE"] = "1";
        return result;
    }

    private static void Set(Dictionary<string, string> environment, string name, string value)
    {
        if (value.Length > 0)
        {
            environment[name] = value;
        }
        else
        {
            environment.Remove(name);
        }
    }

    private static bool IsSafe(string entry, string[] trees)
    {
        if (!entry.StartsWith('/'))
        {
            return false;
        }

        var (path, real) = (Path.GetFullPath(entry, "/").TrimEnd('/'), RealPath.Of(entry));
        return !Array.Exists(trees, tree => RealPath.IsInside(path, tree) || RealPath.IsInside(real, tree));
    }
}
