using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Verdicts;

/// <summary>
/// What patching each source function of one unit makes stale in it, without the graph that says so: some bytes for each
/// dependant, where its words in a manifest are hundreds. Source functions are
/// numbers of rows of the unit's index (see <see cref="UnitIndex"/>); vertices are numbered from 0, those without a body left out.
/// </summary>
internal sealed class UnitImpacts
{
    /// <summary>The symbols of the vertices, one after the other.</summary>
    public required byte[] Symbols { get; init; }

    /// <summary>Where the symbol of each vertex ends in <see cref="Symbols"/>.</summary>
    public required int[] SymbolEnds { get; init; }

    /// <summary>The source function of each vertex.</summary>
    public required int[] FunctionOf { get; init; }

    /// <summary>What else is known of each vertex.</summary>
    public required VertexStates[] States { get; init; }

    /// <summary>What the numbers of dependencies in <see cref="Impacts"/> stand for.</summary>
    public required Dependency[] Dependencies { get; init; }

    /// <summary>The impacts, encoded by <see cref="UnitImpactsBuilder"/>.</summary>
    public required byte[] Impacts { get; init; }

    /// <summary>Where the impact of each source function starts in <see cref="Impacts"/>.</summary>
    public required int[] Starts { get; init; }

    /// <summary>The symbol of a vertex in UTF-8.</summary>
    public ReadOnlySpan<byte> SymbolOf(int vertex)
    {
        var start = vertex == 0 ? 0 : SymbolEnds[vertex - 1];
        return Symbols.AsSpan(start, SymbolEnds[vertex] - start);
    }

    /// <summary>Reads the impact of a source function behind that which it has in earlier units.</summary>
    /// <param name="function">The function.</param>
    /// <param name="firstVertex">The number that vertex 0 has in the program.</param>
    /// <param name="instances">Receives the instances.</param>
    /// <param name="affected">Receives what is affected.</param>
    /// <param name="toPatch">Receives those of both that must be replaced.</param>
    public void Read(int function, int firstVertex, ref Span<int> instances, ref Span<AffectedFunction> affected, ref Span<int> toPatch)
    {
        var reader = new PackedReader(Impacts.AsSpan(Starts[function]));
        var found = instances[..reader.ReadCount()];
        instances = instances[found.Length..];
        var vertex = firstVertex;
        foreach (ref var instance in found)
        {
            instance = vertex += (int)reader.ReadUnsigned();
        }

        vertex = firstVertex;
        for (var count = reader.ReadUnsigned(); count > 0; count--)
        {
            vertex += (int)reader.ReadUnsigned();
            var reasons = new Reason[reader.ReadUnsigned()];
            foreach (ref var reason in reasons.AsSpan())
            {
                reason = new Reason(Dependencies[(int)reader.ReadUnsigned()], vertex + reader.ReadSigned());
            }

            for (; !found.IsEmpty && found[0] < vertex; found = found[1..])
            {
                AddReplaceable(found[0], firstVertex, ref toPatch);
            }

            AddReplaceable(vertex, firstVertex, ref toPatch);
            affected[0] = new AffectedFunction(vertex, reasons);
            affected = affected[1..];
        }

        foreach (var instance in found)
        {
            AddReplaceable(instance, firstVertex, ref toPatch);
        }
    }

    private void AddReplaceable(int vertex, int firstVertex, ref Span<int> toPatch)
    {
        if ((States[vertex - firstVertex] & VertexStates.Replaceable) != 0)
        {
            toPatch[0] = vertex;
            toPatch = toPatch[1..];
        }
    }
}
