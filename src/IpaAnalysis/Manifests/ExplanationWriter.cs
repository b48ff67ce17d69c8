using System.Globalization;
using System.Text;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Manifests;

/// <summary>
/// Writes, per object, the tree of how a function's body spread and the list of what it affects, in the layout that users
/// of kgraft-analysis-tool know, with callers of clones and shared code added.
/// </summary>
public sealed class ExplanationWriter
{
    // The list under the tree is whole; a tree this deep is no help and would exhaust the stack.
    private const int MaxDepth = 200;

    private readonly HashSet<int> _affected;
    private readonly HashSet<int> _onPath = [];
    private readonly HashSet<int> _shown = [];
    private readonly DependencyGraph _graph;
    private readonly TextWriter _text;

    private ExplanationWriter(DependencyGraph graph, FunctionImpact impact, TextWriter text)
    {
        _graph = graph;
        _text = text;
        _affected = [.. impact.Instances, .. impact.Affected.Select(a => a.Vertex)];
    }

    /// <summary>The explanation of one patched function; lines end in LF.</summary>
    public static string Write(DependencyGraph graph, FunctionImpact impact)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var writer = new ExplanationWriter(graph, impact, text);
        foreach (var unit in impact.Instances.Select(graph.UnitOf).Distinct())
        {
            writer.WriteObject(unit, impact);
        }

        writer.WriteTotals(impact);
        return text.ToString();
    }

    private void WriteObject(int unit, FunctionImpact impact)
    {
        foreach (var instance in impact.Instances.Where(v => _graph.UnitOf(v) == unit))
        {
            _shown.Clear();
            _text.WriteLine($"Function: {Describe(instance, -1)} in {_graph.Units[unit].Object}");
            WriteChildren(instance, 1);
            _text.WriteLine();
        }

        var affected = impact.Affected.Where(a => _graph.UnitOf(a.Vertex) == unit).ToArray();
        _text.WriteLine($"  Affected functions: {affected.Length}");
        foreach (var function in affected)
        {
            var reasons = function.Reasons.Select(r => $"{KindNames.Of(r.Dependency.Kind)} ({r.Dependency.Pass}) from {_graph.SymbolOf(r.From)}");
            _text.WriteLine($"    {Describe(function.Vertex, -1)}: {string.Join(", ", reasons)}");
        }

        _text.WriteLine();
    }

    private void WriteTotals(FunctionImpact impact)
    {
        _text.WriteLine($"Functions to patch: {impact.FunctionsToPatch.Count}");
        foreach (var vertex in impact.FunctionsToPatch)
        {
            _text.WriteLine($"  {_graph.SymbolOf(vertex)} in {_graph.Units[_graph.UnitOf(vertex)].Object}");
        }
    }

    private void WriteChildren(int vertex, int depth)
    {
        // What was expanded once is the same below wherever it comes again.
        if (!_shown.Add(vertex))
        {
            return;
        }

        if (depth > MaxDepth)
        {
            _text.WriteLine($"{new string(' ', depth * 2)}[deeper levels are not drawn]");
            return;
        }

        _onPath.Add(vertex);
        foreach (var child in Children(vertex).Where(c => _affected.Contains(c.Vertex)))
        {
            var marks = child.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" [edges: {child.Count}]") : "";
            var recursive = _onPath.Contains(child.Vertex);
            marks += recursive ? " [recursion]" : _shown.Contains(child.Vertex) && HasChildren(child.Vertex) ? " [see above]" : "";
            _text.WriteLine($"{new string(' ', depth * 2)}{child.Label}: {Describe(child.Vertex, child.Order)}{marks}");
            if (!recursive)
            {
                WriteChildren(child.Vertex, depth + 1);
            }
        }

        _onPath.Remove(vertex);
    }

    private bool HasChildren(int vertex) => !_graph.Edges.IsOutEdgesEmpty(vertex);

    private IEnumerable<(string Label, int Vertex, int Order, int Count)> Children(int vertex)
    {
        var unit = _graph.UnitOf(vertex);
        var summary = _graph.Units[unit].Summary;
        var function = vertex - _graph.VertexOf(unit, 0);
        foreach (var edge in summary.CloneEdgesOf(function).ToArray())
        {
            var reason = Encoding.UTF8.GetString(summary.Names[edge.Reason]);
            yield return (
                reason.Length == 0 ? ClonePasses.Unknown.Name : reason,
                _graph.VertexOf(unit, edge.Copy),
                edge.CopyOrder,
                edge.Count);
        }

        var targets = _graph.Edges.Targets(vertex).ToArray();
        var tags = _graph.Edges.Tags(vertex).ToArray();
        for (var i = 0; i < targets.Length; i++)
        {
            var kind = _graph.DependencyOf(tags[i]).Kind;
            if (kind is DependencyKind.SharedBody or DependencyKind.CallsClone)
            {
                yield return (kind == DependencyKind.SharedBody ? "same code as" : "called by", targets[i], -1, 1);
            }
        }
    }

    private string Describe(int vertex, int order)
    {
        var function = _graph.SourceFunctions[_graph.SourceFunctionOf(vertex)];
        order = order >= 0 ? order : _graph.EntryOf(vertex).Order;
        var number = order >= 0 ? string.Create(CultureInfo.InvariantCulture, $"/{order}") : "";
        var location = function.File is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({function.File}:{function.Line}:{function.Column})");
        var emitted = _graph.IsEmitted(vertex) switch
        {
            true => "emitted",
            false => "not emitted",
            null => "emitted unknown",
        };
        return $"{_graph.SymbolOf(vertex)}{number}{location} [{emitted}]";
    }
}
