namespace IpaAnalysis.Summaries;

/// <summary>Puts what was read into the one order that does not depend on how it was read.</summary>
internal static class SummaryOrder
{
    /// <summary>The functions by the bytes of their symbols, without mere fragments of others.</summary>
    /// <param name="functions">The functions as they were found.</param>
    /// <param name="newIndex">For each of them its place in the result; a fragment has its function's.</param>
    public static int[] Sort(FunctionTable functions, out int[] newIndex)
    {
        var kept = new List<int>(functions.Count);
        for (var function = 0; function < functions.Count; function++)
        {
            if (!CloneSuffix.IsFragment(functions, function))
            {
                kept.Add(function);
            }
        }

        kept.Sort((a, b) => functions.SymbolOf(a).SequenceCompareTo(functions.SymbolOf(b)));
        newIndex = new int[functions.Count];
        for (var i = 0; i < kept.Count; i++)
        {
            newIndex[kept[i]] = i;
        }

        for (var function = 0; function < functions.Count; function++)
        {
            newIndex[function] = newIndex[CloneSuffix.WholeOf(functions, function)];
        }

        return [.. kept];
    }

    public static CloneEdge[] Sort(IEnumerable<CloneEdge> edges, int[] newIndex, NamePoolBuilder names)
    {
        CloneEdge[] sorted =
        [
            .. edges
                .Select(e => e with { Original = newIndex[e.Original], Copy = newIndex[e.Copy] })
                .GroupBy(e => (e.Original, e.Copy, e.Reason))
                .Select(same => same.First() with { Count = same.Sum(e => e.Count) }),
        ];
        Array.Sort(sorted, (a, b) =>
        {
            var order = a.Original.CompareTo(b.Original);
            order = order != 0 ? order : a.Copy.CompareTo(b.Copy);
            return order != 0 ? order : names[a.Reason].SequenceCompareTo(names[b.Reason]);
        });
        return sorted;
    }

    public static CallEdge[] Sort(IEnumerable<CallEdge> edges, int[] newIndex) =>
    [
        .. edges
            .Select(e => new CallEdge(newIndex[e.Caller], newIndex[e.Callee]))
            .Distinct()
            .OrderBy(e => e.Caller).ThenBy(e => e.Callee),
    ];

    public static Folding[] Sort(IEnumerable<Folding> foldings, int[] newIndex) =>
    [
        .. foldings
            .Select(f => f with { Kept = newIndex[f.Kept], Folded = newIndex[f.Folded] })
            .OrderBy(f => f.Kept).ThenBy(f => f.Folded).ThenBy(f => f.Line),
    ];

    public static SharedBody[] Sort(IEnumerable<SharedBody> pairs, int[] newIndex) =>
    [
        .. pairs
            .Select(p => p with { First = newIndex[p.First], Second = newIndex[p.Second] })
            .Where(p => p.First != p.Second)
            .Distinct()
            .OrderBy(p => p.First).ThenBy(p => p.Second).ThenBy(p => p.Kind),
    ];
}
