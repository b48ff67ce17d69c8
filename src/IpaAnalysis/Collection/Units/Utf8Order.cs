namespace IpaAnalysis.Collection.Units;

/// <summary>Orders strings by their UTF-8 bytes, the order of every array in the manifest.</summary>
internal sealed class Utf8Order : IComparer<string?>
{
    private Utf8Order()
    {
    }

    /// <summary>The one instance.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        return common == x.Length || common == y.Length
            ? x.Length.CompareTo(y.Length)
            : Weight(x[common]).CompareTo(Weight(y[common]));
    }

    // In UTF-8 what UTF-16 writes as surrogates comes after U+FFFF, so U+E000 and above go below them.
    private static int Weight(char c) => c < 0xD800 ? c : c < 0xE000 ? c + 0x2000 : c - 0x800;
}
