using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Impact;

/// <summary>Collects, over the impacts looked at, what the inputs could not show and so may be missing from the answer.</summary>
public sealed class BlindSpots(DependencyGraph graph)
{
    private const int MaxPerCode = 20;

    private readonly SortedSet<int> _unitsWithoutCalls = [];
    private readonly SortedSet<int> _unitsWithoutSymbols = [];
    private readonly SortedSet<int> _clonesWithAddress = [];

    /// <summary>Looks at the objects and clones that an impact passes through.</summary>
    public void Add(FunctionImpact impact)
    {
        foreach (var instance in impact.Instances)
        {
            var unit = graph.UnitOf(instance);
            if (!graph.Units[unit].Summary.HasSymbolTable)
            {
                _unitsWithoutSymbols.Add(unit);
            }
        }

        foreach (var affected in impact.Affected)
        {
            if (graph.Has(affected.Vertex, FunctionTraits.Clone) && graph.IsEmitted(affected.Vertex) != false)
            {
                AddClone(affected.Vertex);
            }
        }
    }

    /// <summary>Tells what was found.</summary>
    public void Report(DiagnosticBag diagnostics)
    {
        Report(
            diagnostics,
            DiagnosticCatalog.NoCallData,
            [.. _unitsWithoutCalls.Select(Object)],
            o => $"{o} holds stale clones, but there is no call graph to tell who calls them. Compile it with -fcallgraph-info as well.");
        Report(
            diagnostics,
            DiagnosticCatalog.NoSymbolTable,
            [.. _unitsWithoutSymbols.Select(Object)],
            o => $"{o} has no symbol table, so it is unknown which functions have code of their own or share it. Give the objects beside their dumps, not stripped.");
        Report(
            diagnostics,
            DiagnosticCatalog.CloneAddressTaken,
            [.. _clonesWithAddress.Select(v => $"{graph.SymbolOf(v)} in {Object(graph.UnitOf(v))}")],
            c => $"The address of the stale clone {c} is taken, so not every caller of it is known. Look for its use by hand, or keep the compiler from cloning the function.");
    }

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

    private void AddClone(int vertex)
    {
        var unit = graph.UnitOf(vertex);
        if (!graph.Units[unit].Summary.HasCallGraph)
        {
            _unitsWithoutCalls.Add(unit);
        }

        if (graph.Has(vertex, FunctionTraits.AddressTaken))
        {
            _clonesWithAddress.Add(vertex);
        }
    }

    private string Object(int unit) => graph.Units[unit].Object;
}
