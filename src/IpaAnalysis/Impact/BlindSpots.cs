using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Impact;

/// <summary>Collects, over the impacts looked at, what the inputs could not show and so may be missing from the answer.</summary>
internal sealed class BlindSpots(DependencyGraph graph)
{
    private const int MaxPerCode = 20;

    private readonly AscendingSet _unitsWithoutCalls = new();
    private readonly AscendingSet _unitsWithoutSymbols = new();
    private readonly AscendingSet _clonesWithAddress = new();
    private readonly AscendingSet _clonesInDoubt = new();

    /// <summary>Looks at the objects and clones that an impact passes through.</summary>
    public void Add(FunctionImpact impact)
    {
        ArgumentNullException.ThrowIfNull(impact);
        AddInstances(impact.Function);
        foreach (var affected in impact.Affected)
        {
            AddAffected(affected.Vertex);
        }
    }

    /// <summary>Looks at the same in another form.</summary>
    /// <param name="sourceFunction">The patched function.</param>
    /// <param name="affected">What depends on it.</param>
    public void Add(int sourceFunction, ReadOnlySpan<int> affected)
    {
        AddInstances(sourceFunction);
        foreach (var vertex in affected)
        {
            AddAffected(vertex);
        }
    }

    /// <summary>Tells what was found.</summary>
    public void Report(DiagnosticBag diagnostics) => Report(
        diagnostics,
        [.. _unitsWithoutCalls.Select(Object)],
        [.. _unitsWithoutSymbols.Select(Object)],
        [.. _clonesWithAddress.Select(v => Clone(graph.SymbolOf(v), Object(graph.UnitOf(v))))],
        [.. _clonesInDoubt.Select(v => Clone(graph.SymbolOf(v), Object(graph.UnitOf(v))))]);

    /// <summary>How a clone is named in <see cref="Report(DiagnosticBag)"/>.</summary>
    internal static string Clone(string symbol, string objectName) => $"{symbol} in {objectName}";

    /// <summary>Tells what was found elsewhere.</summary>
    /// <param name="diagnostics">Receives it.</param>
    /// <param name="withoutCalls">Objects with stale clones and no call graph.</param>
    /// <param name="withoutSymbols">Objects with an instance and no symbol table.</param>
    /// <param name="clonesWithAddress">Stale clones whose address is taken.</param>
    /// <param name="clonesInDoubt">Stale clones of which the object cannot tell.</param>
    internal static void Report(
        DiagnosticBag diagnostics,
        IReadOnlyList<string> withoutCalls,
        IReadOnlyList<string> withoutSymbols,
        IReadOnlyList<string> clonesWithAddress,
        IReadOnlyList<string> clonesInDoubt)
    {
        Report(
            diagnostics,
            DiagnosticCatalog.NoCallData,
            withoutCalls,
            o => $"{o} holds stale clones, but there is no call graph to tell who calls them. Compile it with -fcallgraph-info as well.");
        Report(
            diagnostics,
            DiagnosticCatalog.NoSymbolTable,
            withoutSymbols,
            o => $"{o} has no symbol table, so it is unknown which functions have code of their own or share it. Give the objects beside their dumps, not stripped.");
        Report(
            diagnostics,
            DiagnosticCatalog.CloneAddressTaken,
            clonesWithAddress,
            c => $"The address of the stale clone {c} is taken, so not every caller of it is known. Look for its use by hand, or keep the compiler from cloning the function.");
        Report(
            diagnostics,
            DiagnosticCatalog.CloneAddressUnknown,
            clonesInDoubt,
            c => $"Whether the address of the stale clone {c} is taken cannot be told: the object is linked, damaged or for a processor whose relocations are not known, so callers may be missing. Look for its use by hand, or give the object as it was compiled.");
    }

    /// <summary>Whether callers of an affected vertex decide about others: it is a clone that may have code.</summary>
    internal static bool IsStaleClone(DependencyGraph graph, int vertex) =>
        graph.Has(vertex, FunctionTraits.Clone) && graph.IsEmitted(vertex) != false;

    private static void Report(
        DiagnosticBag diagnostics, DiagnosticDescriptor descriptor, IReadOnlyList<string> subjects, Func<string, string> message)
    {
        foreach (var subject in subjects.Take(MaxPerCode))
        {
            diagnostics.Add(descriptor.At(message(subject)));
        }

        if (subjects.Count > MaxPerCode)
        {
            diagnostics.Add(descriptor.At($"The same holds for {subjects.Count - MaxPerCode} more; the first {MaxPerCode} are listed."));
        }
    }

    private void AddInstances(int sourceFunction)
    {
        foreach (var instance in graph.InstancesOf(sourceFunction))
        {
            var unit = graph.UnitOf(instance);
            if (!graph.Units[unit].Summary.HasSymbolTable)
            {
                _unitsWithoutSymbols.Add(unit);
            }
        }
    }

    private void AddAffected(int vertex)
    {
        if (!IsStaleClone(graph, vertex))
        {
            return;
        }

        var unit = graph.UnitOf(vertex);
        if (!graph.Units[unit].Summary.HasCallGraph)
        {
            _unitsWithoutCalls.Add(unit);
        }

        if (graph.Has(vertex, FunctionTraits.AddressTaken))
        {
            _clonesWithAddress.Add(vertex);
        }
        else if (graph.Has(vertex, FunctionTraits.AddressUnknown))
        {
            _clonesInDoubt.Add(vertex);
        }
    }

    private string Object(int unit) => graph.Units[unit].Object;
}
