namespace IpaAnalysis.Summaries.Reading;

/// <summary>Orders pairs by their functions, then by kind.</summary>
internal sealed class SharedBodyOrder : IComparer<SharedBody>
{
    private SharedBodyOrder()
    {
    }

    /// <summary>The one instance.</summary>
    public static SharedBodyOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(SharedBody x, SharedBody y) =>
        x.First != y.First ? x.First.CompareTo(y.First)
        : x.Second != y.Second ? x.Second.CompareTo(y.Second)
        : ((int)x.Kind).CompareTo((int)y.Kind);
}
