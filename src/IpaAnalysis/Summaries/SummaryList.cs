namespace IpaAnalysis.Summaries;

/// <summary>Summaries that are all in memory.</summary>
internal sealed class SummaryList(IReadOnlyList<ObjectSummary> summaries) : ISummarySource
{
    private readonly Lazy<UnitFacts>[] _facts = [.. summaries.Select(s => new Lazy<UnitFacts>(() => UnitFacts.Of(s)))];

    /// <inheritdoc/>
    public int Count => summaries.Count;

    /// <inheritdoc/>
    public UnitFacts FactsOf(int unit) => _facts[unit].Value;

    /// <inheritdoc/>
    public ObjectSummary Load(int unit) => summaries[unit];

    /// <inheritdoc/>
    public IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name)
    {
        var units = new List<int>();
        for (var unit = 0; unit < summaries.Count; unit++)
        {
            if (Names(summaries[unit], name))
            {
                units.Add(unit);
            }
        }

        return units;
    }

    private static bool Names(ObjectSummary summary, ReadOnlySpan<byte> name)
    {
        if (summary.FindSymbol(name) >= 0)
        {
            return true;
        }

        foreach (var function in summary.Functions)
        {
            if (function.Name != function.Symbol && summary.Names[function.Name].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }
}
