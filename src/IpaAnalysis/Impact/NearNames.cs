using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Impact;

/// <summary>Finds names that a misspelt one may have meant.</summary>
internal static class NearNames
{
    private const int MaxNames = 5;
    private const int MaxLength = 256;
    private const int LongestEnding = 24;
    private const int ShortestBeginning = 4;

    /// <summary>The largest distance of a name that is still near; the lengths differ by no more.</summary>
    public static int Limit(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > MaxLength ? 0 : Math.Max(1, Math.Min(4, name.Length / 3));
    }

    /// <summary>By how many characters the length of a name may differ that begins as another does.</summary>
    public static int Slack(string name) => Limit(name) == 0 ? 0 : LongestEnding;

    /// <summary>
    /// The nearest names of functions, and as far as there is room those that begin alike: <c>isempty_RL</c> for <c>isempty</c>. The longest
    /// common beginning goes first, then the shortest name.
    /// </summary>
    public static IReadOnlyList<string> FindFunctions(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] names = [.. candidates.Distinct(StringComparer.Ordinal)];
        var near = Find(name, names);
        return Limit(name) == 0 ? near :
        [
            .. near,
            .. names
                .Except(near, StringComparer.Ordinal)
                .Select(c => (Name: c, Common: name.AsSpan().CommonPrefixLength(c)))
                .Where(c => IsContinued(name, c.Name, c.Common) || (near.Count == 0 && BeginsAlike(name, c.Name, c.Common)))
                .OrderByDescending(static c => c.Common)
                .ThenBy(static c => c.Name.Length)
                .ThenBy(static c => c.Name, Utf8Order.Instance)
                .Take(MaxNames - near.Count)
                .Select(static c => c.Name),
        ];
    }

    /// <summary>Whether one name is the beginning of the other.</summary>
    private static bool IsContinued(string name, string other, int common) =>
        common >= ShortestBeginning && common == Math.Min(name.Length, other.Length) && Math.Abs(other.Length - name.Length) <= LongestEnding;

    /// <summary>Whether another name begins with three quarters of the wanted one.</summary>
    private static bool BeginsAlike(string name, string other, int common) =>
        common > ShortestBeginning && common * 4 >= name.Length * 3 && other.Length - name.Length <= LongestEnding;

    /// <summary>The nearest names: fewest insertions, deletions, replacements and swaps first, then by their bytes.</summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates)
    {
        var limit = Limit(name);
        return limit == 0 ? [] :
        [
            .. candidates
                .Distinct(StringComparer.Ordinal)
                .Where(c => Math.Abs(c.Length - name.Length) <= limit)
                .Select(c => (Name: c, Distance: Distance(name, c, limit)))
                .Where(c => c.Distance <= limit)
                .OrderBy(c => c.Distance)
                .ThenBy(c => c.Name, Utf8Order.Instance)
                .Take(MaxNames)
                .Select(c => c.Name),
        ];
    }

    /// <summary>Damerau–Levenshtein distance (adjacent swaps), given up beyond a limit.</summary>
    internal static int Distance(string a, string b, int limit)
    {
        var before = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        var row = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var best = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }

                best = Math.Min(best, row[j]);
            }

            if (best > limit)
            {
                return limit + 1;
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
