namespace IpaAnalysis.Summaries;

/// <summary>Summaries that are all in memory.</summary>
public sealed class SummaryList(IReadOnlyList<ObjectSummary> summaries) : ISummarySource
{
    private readonly Lazy<UnitFacts>[] _facts = [.. summaries.Select(s => new Lazy<UnitFacts>(() => UnitFacts.Of(s)))];

    /// <inheritdoc/>
    public int Count => summaries.Count;

    /// <inheritdoc/>
    public UnitFacts FactsOf(int unit) => _facts[unit].Value;

    /// <inheritdoc/>
    public ObjectSummary Load(int unit) => summaries[unit];
}
