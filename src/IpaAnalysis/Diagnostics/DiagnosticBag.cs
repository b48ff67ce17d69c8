using System.Collections;

namespace IpaAnalysis.Diagnostics;

/// <summary>Collects the diagnostics of one piece of work. Not safe for several threads: one bag per piece.</summary>
internal sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _items = [];

    /// <summary>The number of diagnostics collected so far.</summary>
    public int Count => _items.Count;

    /// <summary>Whether an error is among them.</summary>
    public bool HasErrors => _items.Exists(static d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Adds one diagnostic.</summary>
    public void Add(Diagnostic diagnostic) => _items.Add(diagnostic);

    /// <summary>Adds several diagnostics, in their order.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics) => _items.AddRange(diagnostics);

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
