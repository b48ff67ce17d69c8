using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Outputs;

/// <summary>Writes, below what the dumps show in an object, what compiling it again tells.</summary>
/// <param name="graph">The graph that vertices are of.</param>
/// <param name="exact">What it tells.</param>
/// <param name="text">Takes the lines.</param>
/// <param name="describe">Describes a vertex, in one line.</param>
internal sealed class ExactExplanation(DependencyGraph graph, ExactImpact exact, TextWriter text, Func<int, string> describe)
{
    private const int MaxLines = 20;
    private const int MaxWidth = 160;

    private readonly ILookup<int, ExactDependant> _facts = exact.Facts.ToLookup(f => graph.UnitOf(f.Vertex));
    private readonly ILookup<int, ExactDependant> _decisions = exact.Decisions.ToLookup(d => graph.UnitOf(d.Vertex));
    private readonly ILookup<int, int> _unconfirmed = exact.Confirmed.Where(c => !c.Value && !exact.Independent.Contains(c.Key)).Select(c => c.Key).Order().ToLookup(graph.UnitOf);
    private readonly ILookup<string, UnsafeCallee> _callees = exact.UnsafeCallees.ToLookup(c => c.Object, StringComparer.Ordinal);
    private readonly ILookup<string, FoldedVariable> _variables = exact.FoldedVariables.ToLookup(v => v.Object, StringComparer.Ordinal);
    private readonly ILookup<string?, string> _causes = exact.InexactBecause.ToLookup(c => c.Object, c => c.Cause, StringComparer.Ordinal);

    /// <summary>Writes what concerns one object.</summary>
    public void WriteObject(int unit)
    {
        var name = graph.Units[unit].Object;
        var isExact = !_causes[null].Any() && !_causes[name].Any();
        text.WriteLine($"  Exact: {(isExact ? "yes" : "no")}");
        WriteCauses(_causes[name], "    ");
        WriteDependants("Relies on facts about the body", _facts[unit]);
        WriteDependants("Only inlined otherwise, relies on nothing", _decisions[unit]);
        WriteList("Not confirmed by the compiler", _unconfirmed[unit].Select(describe));
        WriteList("Callees that a patch must carry as its own copies", _callees[name].Select(c => $"{Line(c.Symbol)} ({Line(c.Function)}): {Line(c.Why)} ({Line(c.Pass)})"));
        WriteList("Variables folded", _variables[name].Select(Describe));
        text.WriteLine();
    }

    /// <summary>Writes what concerns every object.</summary>
    public void WriteTotals()
    {
        text.WriteLine($"Exact: {(exact.IsExact ? "yes" : "no")}");
        WriteCauses(_causes[null], "  ");
    }

    private static string Describe(FoldedVariable variable)
    {
        var readers = variable.Readers.IsEmpty ? "" : $"; reads replaced in {Symbols(variable.Readers)}";
        var writers = variable.Writers.IsEmpty ? "" : $"; writes dropped in {Symbols(variable.Writers)}";
        return $"{Line(variable.Variable)}{readers}{writers}";
    }

    private static string Symbols(IEnumerable<string> symbols) => string.Join(", ", symbols.Select(Line));

    private static string Line(string name) => VisibleText.Escape(name);

    private void WriteCauses(IEnumerable<string> causes, string indent)
    {
        foreach (var cause in causes)
        {
            text.WriteLine($"{indent}{Line(cause)}");
        }
    }

    private void WriteList(string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
        {
            return;
        }

        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {title}: {all.Length}"));
        foreach (var line in all)
        {
            text.WriteLine($"    {line}");
        }
    }

    private void WriteDependants(string title, IEnumerable<ExactDependant> dependants)
    {
        ExactDependant[] all = [.. dependants];
        if (all.Length == 0)
        {
            return;
        }

        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {title}: {all.Length}"));
        foreach (var dependant in all)
        {
            var passes = dependant.Reasons.Select(r => Line(r.Dependency.Pass)).Distinct();
            text.WriteLine($"    {describe(dependant.Vertex)}: {string.Join(", ", passes)}");
            WriteDifference(dependant.Difference);
        }
    }

    private void WriteDifference(string difference)
    {
        string[] lines = [.. difference.TrimEnd().ReplaceLineEndings("\n").Split('\n')];
        foreach (var line in lines.Take(MaxLines).Where(l => l.Length > 0))
        {
            // Assembly is set with tabs.
            var shown = line.Replace('\t', ' ');
            text.WriteLine($"        {Line(shown.Length > MaxWidth ? shown[..MaxWidth] + "…" : shown)}");
        }

        if (lines.Length > MaxLines)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"        [{lines.Length - MaxLines} more lines are not shown]"));
        }
    }
}
