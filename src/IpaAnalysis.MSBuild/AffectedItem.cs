using System.Globalization;
using IpaAnalysis.Files;
using IpaAnalysis.Graph;
using IpaAnalysis.Manifests;
using IpaAnalysis.Verdicts;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>One (object, symbol) as later targets see it: an item, and a row of the stored result.</summary>
internal sealed record AffectedItem(
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
    /// <summary>The rows of a result in scope <c>patched</c>, one per (object, symbol) over all patched functions.</summary>
    public static IReadOnlyList<AffectedItem> From(AnalysisResult result)
    {
        if (result.Scope != ManifestScope.Patched)
        {
            return [];
        }

        var rows = new SortedDictionary<int, (List<string> Patched, SortedSet<int> Reasons, bool? Confirmed, bool Affected, bool ToPatch)>();
        foreach (var (i, impact) in result.PatchedFunctions.Index())
        {
            var confirmations = result.Exact.IsEmpty ? null : new Confirmations(result.Exact[i]);
            var patched = NameOf(result.Graph.SourceFunctions[impact.Function]);
            var toPatch = impact.FunctionsToPatch.ToHashSet();
            foreach (var instance in impact.Instances)
            {
                Add(instance, patched, [-1], confirmed: true, affected: false, toPatch.Contains(instance));
            }

            foreach (var affected in impact.Affected)
            {
                Add(
                    affected.Vertex,
                    patched,
                    affected.Reasons.Select(r => (int)r.Dependency.Kind),
                    confirmations?.Of(affected.Vertex),
                    affected: true,
                    toPatch.Contains(affected.Vertex));
            }
        }

        return [.. rows.Select(row => Make(result.Graph, row.Key, row.Value.Patched, row.Value.Reasons, row.Value.Confirmed, row.Value.Affected, row.Value.ToPatch))];

        void Add(int vertex, string patched, IEnumerable<int> reasons, bool? confirmed, bool affected, bool toPatch)
        {
            if (!rows.TryGetValue(vertex, out var row))
            {
                row = ([], [], false, false, false);
            }

            row.Patched.Add(patched);
            row.Reasons.UnionWith(reasons);
            // Of several patched functions one that is confirmed is enough, and one that was not judged leaves it open.
            rows[vertex] = row with { Confirmed = row.Confirmed | confirmed, Affected = row.Affected | affected, ToPatch = row.ToPatch | toPatch };
        }
    }

    public ITaskItem ToItem()
    {
        var item = ItemMetadata.Create($"{Object}!{Symbol}");
        ItemMetadata.Set(item, nameof(Symbol), Symbol);
        ItemMetadata.Set(item, nameof(Object), Object);
        ItemMetadata.Set(item, nameof(Function), Function);
        ItemMetadata.Set(item, nameof(SourceFile), SourceFile ?? "");
        ItemMetadata.Set(item, nameof(Line), Position(Line));
        ItemMetadata.Set(item, nameof(Column), Position(Column));
        ItemMetadata.Set(item, nameof(PatchedFunction), PatchedFunction);
        ItemMetadata.Set(item, nameof(Reason), Reason);
        ItemMetadata.Set(item, nameof(Emitted), Emitted);
        ItemMetadata.Set(item, nameof(Confirmed), Confirmed);
        return item;
    }

    public static void Write(BinaryWriter writer, AffectedItem row)
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

    public static AffectedItem Read(BinaryReader reader) => new(
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

    private static AffectedItem Make(
        DependencyGraph graph, int vertex, List<string> patched, SortedSet<int> reasons, bool? confirmed, bool affected, bool toPatch)
    {
        var function = graph.SourceFunctions[graph.SourceFunctionOf(vertex)];
        return new AffectedItem(
            graph.Units[graph.UnitOf(vertex)].Object,
            graph.SymbolOf(vertex),
            function.Name,
            function.File,
            function.Line,
            function.Column,
            string.Join('+', patched),
            string.Join('+', reasons.Select(r => r < 0 ? KindNames.Patched : KindNames.Of((DependencyKind)r))),
            Word(graph.IsEmitted(vertex)),
            Word(confirmed),
            affected,
            toPatch);
    }

    private static string NameOf(SourceFunction function) =>
        function.File is null ? function.Name : $"{function.File}:{function.Name}";

    private static string Word(bool? value) => value switch { true => "true", false => "false", null => "unknown" };

    private static string Position(int value) => value > 0 ? value.ToString(CultureInfo.InvariantCulture) : "";
}
