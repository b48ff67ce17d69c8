using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Sessions.State;

/// <summary>One (object, symbol) that later targets see as an item, and a row of the stored result. The members are the item's metadata.</summary>
internal sealed record AffectedRow(
    string Object,
    string Symbol,
    string Function,
    string? SourceFile,
    int Line,
    int Column,
    string PatchedFunction,
    string Reason,
    string Emitted,
    string Confirmed,
    bool IsAffected,
    bool MustBePatched)
{
    private const int PatchedItself = 1;

    /// <summary>The rows of a result in scope <c>patched</c>, one per (object, symbol) over all patched functions.</summary>
    public static IReadOnlyList<AffectedRow> From(AnalysisResult result)
    {
        if (result.Scope != ManifestScope.Patched)
        {
            return [];
        }

        var rows = new Dictionary<int, Row>();
        foreach (var (i, impact) in result.PatchedFunctions.Index())
        {
            var confirmations = result.Exact.IsEmpty ? null : new Confirmations(result.Exact[i]);
            var patched = NameOf(result.Graph.SourceFunctions[impact.Function]);
            var toPatch = impact.FunctionsToPatch.ToHashSet();
            foreach (var instance in impact.Instances)
            {
                Add(instance, patched, PatchedItself, confirmed: true, affected: false, toPatch.Contains(instance));
            }

            foreach (var affected in impact.Affected)
            {
                var reasons = 0;
                foreach (var reason in affected.Reasons)
                {
                    reasons |= 2 << (int)reason.Dependency.Kind;
                }

                Add(affected.Vertex, patched, reasons, confirmations?.Of(affected.Vertex), affected: true, toPatch.Contains(affected.Vertex));
            }
        }

        List<Row> sorted = [.. rows.Values];
        sorted.Sort(static (a, b) => a.Vertex.CompareTo(b.Vertex));
        return [.. sorted.Select(row => Make(result.Graph, row))];

        void Add(int vertex, string patched, int reasons, bool? confirmed, bool affected, bool toPatch)
        {
            if (!rows.TryGetValue(vertex, out var row))
            {
                rows[vertex] = row = new Row(vertex);
            }

            row.Patched.Add(patched);
            row.Reasons |= reasons;

            // Of several patched functions one that is confirmed is enough, and one that was not judged leaves it open.
            row.Confirmed |= confirmed;
            row.IsAffected |= affected;
            row.MustBePatched |= toPatch;
        }
    }

    public static void Write(BinaryWriter writer, AffectedRow row)
    {
        writer.Write(row.Object);
        writer.Write(row.Symbol);
        writer.Write(row.Function);
        writer.WriteText(row.SourceFile);
        writer.Write(row.Line);
        writer.Write(row.Column);
        writer.Write(row.PatchedFunction);
        writer.Write(row.Reason);
        writer.Write(row.Emitted);
        writer.Write(row.Confirmed);
        writer.Write(row.IsAffected);
        writer.Write(row.MustBePatched);
    }

    public static AffectedRow Read(StateReader reader) => new(
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadText(),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadString(),
        reader.ReadBoolean(),
        reader.ReadBoolean());

    private static AffectedRow Make(DependencyGraph graph, Row row)
    {
        var vertex = row.Vertex;
        var function = graph.SourceFunctions[graph.SourceFunctionOf(vertex)];
        return new AffectedRow(
            graph.Units[graph.UnitOf(vertex)].Object,
            graph.SymbolOf(vertex),
            function.Name,
            function.File,
            function.Line,
            function.Column,
            string.Join('+', row.Patched),
            string.Join('+', NamesOf(row.Reasons)),
            Word(graph.IsEmitted(vertex)),
            Word(row.Confirmed),
            row.IsAffected,
            row.MustBePatched);
    }

    private static IEnumerable<string> NamesOf(int reasons)
    {
        if ((reasons & PatchedItself) != 0)
        {
            yield return KindNames.Patched;
        }

        for (var kind = 0; reasons >> (kind + 1) != 0; kind++)
        {
            if ((reasons & (2 << kind)) != 0)
            {
                yield return KindNames.Of((DependencyKind)kind);
            }
        }
    }

    private static string NameOf(SourceFunction function) =>
        function.File is null ? function.Name : $"{function.File}:{function.Name}";

    private static string Word(bool? value) => value switch { true => "true", false => "false", null => "unknown" };

    /// <summary>What is known of a vertex so far. A class, as tables of structures are left to the JIT.</summary>
    private sealed class Row(int vertex)
    {
        public int Vertex { get; } = vertex;

        public List<string> Patched { get; } = [];

        /// <summary>1 for a patched function's own instance, 2 &lt;&lt; kind for each kind of dependency.</summary>
        public int Reasons { get; set; }

        public bool? Confirmed { get; set; } = false;

        public bool IsAffected { get; set; }

        public bool MustBePatched { get; set; }
    }
}
