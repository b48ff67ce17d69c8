namespace IpaAnalysis.Collection;

/// <summary>The trees that nobody said to trust: what they name is data, and none of their programs is run.</summary>
public static class UntrustedTrees
{
    /// <summary>The directories of units' trees and sources, each once, in the units' order.</summary>
    public static IReadOnlyList<string> DirectoriesOf(IEnumerable<Unit> units) =>
    [
        .. units.Where(static u => u.Options is not { IsTrusted: true })
            .Select(static u => u.Paths)
            .Distinct()
            .SelectMany(static p => p.Roots)
            .Distinct(StringComparer.Ordinal),
    ];
}
