using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Units;

/// <summary>Keeps the first diagnostics of each code and counts the rest: a tree that lacks one option lacks it in thousands of objects.</summary>
internal sealed class DiagnosticLimit
{
    public const int MostPerCode = 20;

    private readonly DiagnosticBag _kept = [];
    private readonly SortedDictionary<string, (DiagnosticDescriptor Descriptor, int Count)> _counts = new(StringComparer.Ordinal);

    public void Add(Diagnostic diagnostic)
    {
        var count = _counts.GetValueOrDefault(diagnostic.Code).Count + 1;
        _counts[diagnostic.Code] = (diagnostic.Descriptor, count);
        if (count <= MostPerCode)
        {
            _kept.Add(diagnostic);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>What was kept, in the order it came, and then one per code that counts what was not.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
    [
        .. _kept,
        .. _counts.Values.Where(static c => c.Count > MostPerCode).Select(static c => c.Descriptor.At(
            string.Create(CultureInfo.InvariantCulture, $"{c.Descriptor.Title}: {c.Count - MostPerCode} more in this input."))),
    ];
}
