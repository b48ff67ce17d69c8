namespace IpaAnalysis.Oracle.Objects;

/// <summary>Compares two objects made of one translation unit, function by function.</summary>
internal static class ObjectComparer
{
    /// <summary>The functions that both objects hold and whose code differs, sorted by name.</summary>
    /// <remarks>A clone that only one of them holds is no difference by itself: its callers then differ, or it was not called.</remarks>
    public static IReadOnlyList<CodeDifference> Compare(ObjectCode baseline, ObjectCode variant)
    {
        var differences = new List<CodeDifference>();
        foreach (var group in baseline.ByOrigin.Where(g => variant.ByOrigin.Contains(g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var (before, after) = (group.ToList(), variant.ByOrigin[group.Key].ToList());
            var lost = before.Where(piece => !after.Exists(piece.Means)).ToList();
            var made = after.Where(piece => !before.Exists(piece.Means)).ToList();
            if (lost.Count > 0 && made.Count > 0)
            {
                differences.Add(new CodeDifference(group.Key, Explain(lost[0], made[0])));
            }
        }

        return differences;
    }

    private static string Explain(Piece before, Piece after)
    {
        var at = before.Tokens.Zip(after.Tokens).TakeWhile(t => t.First.Means(t.Second)).Count();
        string Line(Piece piece) => at < piece.Tokens.Count ? piece.Tokens[at].ToString() : "the end";
        return $"{before.Symbols[0]}#{at}: {Line(before)}; {after.Symbols[0]}#{at}: {Line(after)}";
    }
}
