using System.Globalization;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Impact;

/// <summary>Finds the source functions that a name means, in dumps, call graphs and symbol tables together.</summary>
/// <param name="graph">A graph of all units that hold one of the functions to resolve.</param>
/// <param name="source">All units, to tell what an unknown name may have meant.</param>
/// <param name="threads">How many units to look at at once for that.</param>
internal sealed class FunctionResolver(DependencyGraph graph, GraphSource source, int threads = 1)
{
    private const int MaxListed = 10;

    /// <summary>Resolves in a graph of all units.</summary>
    public FunctionResolver(DependencyGraph graph)
        : this(graph, new GraphSource(graph))
    {
    }

    /// <summary>Resolves a name.</summary>
    /// <param name="query">What the user wrote.</param>
    /// <param name="diagnostics">Receives what is wrong with it.</param>
    /// <returns>Indices of source functions, ascending; empty when the name is unknown or ambiguous.</returns>
    public IReadOnlyList<int> Resolve(FunctionQuery query, DiagnosticBag diagnostics)
    {
        var named = FindNamed(query.Name);
        var selected = named.Where(f => IsSelected(f, query)).ToArray();
        if (selected.Length == 0)
        {
            diagnostics.Add(Unknown(query, named));
            return [];
        }

        if (selected.Length > 1 && !query.AllMatches)
        {
            diagnostics.Add(DiagnosticCatalog.AmbiguousFunction.At(
                $"'{query.Name}' is the name of {selected.Length} functions: {List(selected)}. "
                + "Choose one with SourceFile, Line or Object (IpaExplain: IpaFunctionSource, IpaFunctionLine or IpaFunctionObject), or take them all with AllMatches=\"true\"."));
            return [];
        }

        return selected;
    }

    /// <summary>The source functions of a name, whatever else the user wrote; ascending.</summary>
    internal AscendingSet FindNamed(string name)
    {
        var found = new AscendingSet();
        var utf8 = Encoding.UTF8.GetBytes(name);
        Collect(utf8, found);

        // `f.cold` and `f.localalias` are no vertices of their own: they are f.
        while (found.Count == 0 && ClonePasses.TrySplitSuffix(utf8, out var length, out var pass) && pass is null)
        {
            utf8 = utf8[..length];
            Collect(utf8, found);
        }

        return found;
    }

    private void Collect(byte[] name, AscendingSet found)
    {
        for (var unit = 0; unit < graph.Units.Length; unit++)
        {
            var vertex = graph.FindVertex(unit, name);
            if (vertex >= 0 && graph.SourceFunctionOf(vertex) >= 0)
            {
                found.Add(graph.SourceFunctionOf(vertex));
            }
        }

        var text = Encoding.UTF8.GetString(name);
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            if (graph.SourceFunctions[function].Name == text)
            {
                found.Add(function);
            }
        }
    }

    private bool IsSelected(int function, FunctionQuery query)
    {
        var source = graph.SourceFunctions[function];
        return (query.SourceFile is null || PathSuffix.Matches(source.File, query.SourceFile) || IsFile(function, query.SourcePath))
            && (query.Line == 0 || source.Line == query.Line)
            && (query.Object is null || HasInstanceIn(function, query.Object));
    }

    /// <summary>Whether an object that holds the function writes the path as it writes the function's file.</summary>
    private bool IsFile(int function, string? path)
    {
        if (path is null || graph.SourceFunctions[function].File is not { } file)
        {
            return false;
        }

        foreach (var vertex in graph.InstancesOf(function))
        {
            if (graph.Units[graph.UnitOf(vertex)].NormalizePath(path) == file)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasInstanceIn(int function, string objectSuffix)
    {
        foreach (var vertex in graph.InstancesOf(function))
        {
            if (PathSuffix.Matches(graph.Units[graph.UnitOf(vertex)].Object, objectSuffix))
            {
                return true;
            }
        }

        return false;
    }

    private Diagnostic Unknown(FunctionQuery query, AscendingSet named)
    {
        if (named.Count > 0)
        {
            return DiagnosticCatalog.UnknownFunction.At(
                $"No function '{query.Name}' matches the given SourceFile, Line or Object. The name stands for: {List([.. named])}.");
        }

        var survey = NameSurvey.Of(source, query.Name, NearNames.Slack(query.Name), threads);
        var cause = survey.IsMentioned
            ? $"'{query.Name}' is called, but no object holds its body."
            : $"No object holds a function '{query.Name}'.";
        var near = NearNames.FindFunctions(query.Name, survey.Names);
        var hint = near.Count > 0
            ? $" Did you mean {string.Join(", ", near.Select(n => $"'{n}'"))}?"
            : " Check the spelling, and that its source is among the inputs.";

        // Without symbol tables a function that was never copied may leave no trace, and an alias never does.
        return source.Count == 0 || source.Facts.Any(f => f.HasSymbolTable)
            ? DiagnosticCatalog.UnknownFunction.At(cause + hint)
            : DiagnosticCatalog.FunctionNotInDumps.At(
                $"{cause}{hint} There is no symbol table, so a function that was never copied may go unseen: add the objects.");
    }

    private string List(int[] functions)
    {
        var lines = functions.Take(MaxListed).Select(Describe);
        var more = functions.Length > MaxListed ? $", and {functions.Length - MaxListed} more" : "";
        return string.Join(", ", lines) + more;
    }

    private string Describe(int function)
    {
        var source = graph.SourceFunctions[function];
        var instances = graph.InstancesOf(function);
        var where = instances.Length == 0 ? "" : graph.Units[graph.UnitOf(instances[0])].Object;
        where += instances.Length > 1 ? $" and {instances.Length - 1} more" : "";
        return source.File is null
            ? $"{source.Name} ({where})"
            : string.Create(CultureInfo.InvariantCulture, $"{source.File}:{source.Line}:{source.Column} {source.Name} ({where})");
    }
}
