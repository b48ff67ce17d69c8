using System.Globalization;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Passes;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Outputs;

/// <summary>
/// Writes, per object, the tree of how a function's body spread and the list of what it affects, in the layout that users
/// of kgraft-analysis-tool know, with callers of clones and shared code added, and below what compiling again tells.
/// </summary>
internal sealed class ExplanationWriter
{
    // The list under the tree is whole; a tree this deep is no help and would exhaust the stack.
    private const int MaxDepth = 200;

    private readonly HashSet<int> _affected;
    private readonly HashSet<int> _onPath = [];
    private readonly HashSet<int> _shown = [];
    private readonly DependencyGraph _graph;
    private readonly TextWriter _text;
    private readonly ExactExplanation? _exact;
    private readonly Confirmations? _confirmations;

    private ExplanationWriter(DependencyGraph graph, FunctionImpact impact, ExactImpact? exact, TextWriter text)
    {
        _graph = graph;
        _text = text;
        _affected = [.. impact.Instances, .. impact.Affected.Select(a => a.Vertex)];
        if (exact is not null)
        {
            _exact = new ExactExplanation(graph, exact, text, v => Describe(v, -1));
            _confirmations = new Confirmations(exact);
        }
    }

    /// <summary>The explanation of one patched function; lines end in LF.</summary>
    /// <param name="graph">The graph that vertices are of.</param>
    /// <param name="impact">What depends on the function, what compiling again added included.</param>
    /// <param name="exact">What compiling again tells; null where nothing was asked.</param>
    public static string Write(DependencyGraph graph, FunctionImpact impact, ExactImpact? exact = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var writer = new ExplanationWriter(graph, impact, exact, text);
        var affected = impact.Affected.ToLookup(a => graph.UnitOf(a.Vertex));
        foreach (var instances in impact.Instances.GroupBy(graph.UnitOf))
        {
            writer.WriteObject(instances.Key, instances, [.. affected[instances.Key]]);
        }

        writer.WriteTotals(impact);
        return text.ToString();
    }

    private void WriteObject(int unit, IEnumerable<int> instances, AffectedFunction[] affected)
    {
        // The function before its aliases, in whose trees it would come again.
        foreach (var instance in instances.OrderBy(v => _graph.EntryOf(v).AliasOf >= 0))
        {
            var mark = _shown.Contains(instance) ? " [see above]" : "";
            _text.WriteLine($"Function: {Describe(instance, -1)} in {VisibleText.Escape(_graph.Units[unit].Object)}{mark}");
            WriteChildren(instance, 1);
            _text.WriteLine();
        }

        _text.WriteLine($"  Affected functions: {affected.Length}");
        foreach (var function in affected)
        {
            var reasons = function.Reasons.Select(r => $"{KindNames.Of(r.Dependency.Kind)} ({VisibleText.Escape(r.Dependency.Pass)}) from {VisibleText.Escape(_graph.SymbolOf(r.From))}");
            var mark = _confirmations?.Of(function.Vertex) == false ? " [not confirmed]" : "";
            _text.WriteLine($"    {Describe(function.Vertex, -1)}: {string.Join(", ", reasons)}{mark}");
        }

        _text.WriteLine();
        _exact?.WriteObject(unit);
    }

    private void WriteTotals(FunctionImpact impact)
    {
        _text.WriteLine($"Functions to patch: {impact.FunctionsToPatch.Count}");
        foreach (var vertex in impact.FunctionsToPatch)
        {
            _text.WriteLine($"  {VisibleText.Escape(_graph.SymbolOf(vertex))} in {VisibleText.Escape(_graph.Units[_graph.UnitOf(vertex)].Object)}");
        }

        _exact?.WriteTotals();
    }

    private void WriteChildren(int vertex, int depth)
    {
        // What was expanded once is the same below wherever it comes again.
        if (_shown.Contains(vertex) || !Children(vertex).Any())
        {
            return;
        }

        if (depth > MaxDepth)
        {
            _text.WriteLine($"{new string(' ', depth * 2)}[deeper levels are not drawn]");
            return;
        }

        _shown.Add(vertex);
        _onPath.Add(vertex);
        foreach (var child in Children(vertex))
        {
            var marks = child.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" [edges: {child.Count}]") : "";
            var recursive = _onPath.Contains(child.Vertex);
            marks += recursive ? " [recursion]" : _shown.Contains(child.Vertex) ? " [see above]" : "";
            _text.WriteLine($"{new string(' ', depth * 2)}{child.Label}: {Describe(child.Vertex, child.Order)}{marks}");
            if (!recursive)
            {
                WriteChildren(child.Vertex, depth + 1);
            }
        }

        _onPath.Remove(vertex);
    }

    private IEnumerable<(string Label, int Vertex, int Order, int Count)> Children(int vertex) =>
        Dependants(vertex).Where(d => _affected.Contains(d.Vertex));

    private IEnumerable<(string Label, int Vertex, int Order, int Count)> Dependants(int vertex)
    {
        var unit = _graph.UnitOf(vertex);
        var summary = _graph.Units[unit].Summary;
        var function = vertex - _graph.VertexOf(unit, 0);
        foreach (var edge in summary.CloneEdgesOf(function).ToArray())
        {
            var reason = Encoding.UTF8.GetString(summary.Names[edge.Reason]);
            yield return (
                reason.Length == 0 ? ClonePasses.Unknown.Name : VisibleText.Escape(reason),
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
            : string.Create(CultureInfo.InvariantCulture, $" ({VisibleText.Escape(function.File)}:{function.Line}:{function.Column})");
        var emitted = _graph.IsEmitted(vertex) switch
        {
            true => "emitted",
            false => "not emitted",
            null => "emitted unknown",
        };
        return $"{VisibleText.Escape(_graph.SymbolOf(vertex))}{number}{location} [{emitted}]";
    }
}
