namespace IpaAnalysis.Building.Sources.Headers;

/// <summary>Where a compiler looks for headers, as it says itself. Directories are absolute.</summary>
/// <param name="Quote">For <c>#include "…"</c>, after the directory of the file that holds the line and before <paramref name="Bracket"/>.</param>
/// <param name="Bracket">For both kinds, in their order.</param>
/// <param name="Missing">Directories that are not there: it would look into them if they were.</param>
internal sealed record IncludeSearch(IReadOnlyList<string> Quote, IReadOnlyList<string> Bracket, IReadOnlyList<string> Missing)
{
    /// <summary>Reads what <c>-v</c> prints (gcc/incpath.cc, <c>remove_duplicates</c> and <c>merge_include_chains</c>).</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="workingDirectory">Absolute directory that relative ones start from.</param>
    /// <returns>Null when there is no such list.</returns>
    public static IncludeSearch? Parse(IEnumerable<string> lines, string workingDirectory)
    {
        const string Ignoring = "ignoring nonexistent directory \"";
        var (quote, bracket, missing) = (new List<string>(), new List<string>(), new List<string>());
        List<string>? list = null;
        foreach (var line in lines)
        {
            if (line.StartsWith(Ignoring, StringComparison.Ordinal) && line.EndsWith('"'))
            {
                missing.Add(Path.Combine(workingDirectory, line[Ignoring.Length..^1]));
            }
            else if (line.StartsWith("#include \"", StringComparison.Ordinal))
            {
                list = quote;
            }
            else if (line.StartsWith("#include <", StringComparison.Ordinal))
            {
                list = bracket;
            }
            else if (line.StartsWith("End of search list", StringComparison.Ordinal))
            {
                return new IncludeSearch(quote, bracket, missing);
            }
            else if (line.StartsWith(' '))
            {
                list?.Add(Path.Combine(workingDirectory, line[1..]));
            }
        }

        return null;
    }
}
