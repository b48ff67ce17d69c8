using System.Collections.Immutable;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>Finds which source function each function of an object is or was made from.</summary>
internal sealed class SourceFunctionTable
{
    private readonly Dictionary<SourceFunction, int> _indices = [];

    /// <summary>Adds an object's functions.</summary>
    /// <param name="unit">The object.</param>
    /// <param name="sourceFunctionOf">Receives the source function of each; -1 for what has no body here.</param>
    /// <param name="isInstance">Receives whether each is that function itself or an alias of it, not a clone.</param>
    public void Add(GraphUnit unit, Span<int> sourceFunctionOf, Span<bool> isInstance)
    {
        var summary = unit.Summary;
        var origins = CloneOrigins.Of(summary);
        var files = new Dictionary<int, string?>();
        sourceFunctionOf.Fill(-1);
        for (var function = 0; function < summary.Functions.Length; function++)
        {
            if ((summary.Functions[function].Traits & FunctionTraits.HasBody) != 0 && origins[function] == function)
            {
                sourceFunctionOf[function] = IndexOf(Describe(unit, function, files));
            }
        }

        for (var function = 0; function < summary.Functions.Length; function++)
        {
            if (sourceFunctionOf[function] < 0 && (summary.Functions[function].Traits & FunctionTraits.HasBody) != 0)
            {
                sourceFunctionOf[function] = sourceFunctionOf[origins[function]];
            }

            isInstance[function] = sourceFunctionOf[function] >= 0
                && (origins[function] == function || (summary.Functions[function].Traits & FunctionTraits.Clone) == 0);
        }
    }

    /// <summary>The functions in the order of the manifest; renumbers the indices given out.</summary>
    public ImmutableArray<SourceFunction> Freeze(int[] sourceFunctionOf)
    {
        var sorted = _indices.Keys.ToArray();
        Array.Sort(sorted, SourceFunctionOrder.Instance);
        var newIndex = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            newIndex[_indices[sorted[i]]] = i;
        }

        foreach (ref var index in sourceFunctionOf.AsSpan())
        {
            index = index < 0 ? -1 : newIndex[index];
        }

        return [.. sorted];
    }

    private int IndexOf(SourceFunction function)
    {
        if (!_indices.TryGetValue(function, out var index))
        {
            _indices[function] = index = _indices.Count;
        }

        return index;
    }

    private static SourceFunction Describe(GraphUnit unit, int function, Dictionary<int, string?> files)
    {
        var entry = unit.Summary.Functions[function];
        string? file = null;
        if (entry.File >= 0 && !files.TryGetValue(entry.File, out file))
        {
            files[entry.File] = file = unit.NormalizePath(unit.Summary.Names.GetString(entry.File));
        }

        var name = unit.Summary.Names.GetString(entry.Name);
        return file is not null
            ? new SourceFunction(name, file, entry.Line, entry.Column, null)
            : new SourceFunction(name, null, 0, 0, (entry.Traits & FunctionTraits.Local) != 0 ? unit.Object : null);
    }
}
