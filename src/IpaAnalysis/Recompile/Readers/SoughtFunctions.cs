using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>Turns what the user wants patched into definitions to look for.</summary>
internal static class SoughtFunctions
{
    /// <summary>The functions whose readers can be found: where the sources are not there, nothing can be asked anyway.</summary>
    /// <param name="source">All units.</param>
    /// <param name="graph">The graph over those that hold the functions.</param>
    /// <param name="queries">What the user wrote.</param>
    /// <param name="unitOf">The unit of an object.</param>
    public static List<SoughtFunction> Of(
        GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries, Func<string, Unit?> unitOf)
    {
        var found = new List<SoughtFunction>();
        var resolver = new FunctionResolver(graph, source);
        foreach (var query in queries)
        {
            if (resolver.FindNamed(query.Name).Count == 0)
            {
                found.Add(new SoughtFunction(query.Name, null, 0, 0, new HashSet<string>(), new HashSet<string>()));
                continue;
            }

            // What is wrong with a name is told where it is resolved for the answer.
            foreach (var function in resolver.Resolve(query, []))
            {
                if (Of(graph, function, unitOf) is { } sought)
                {
                    found.Add(sought);
                }
            }
        }

        return [.. found.DistinctBy(static f => (f.Name, f.File, f.Line, f.Column))];
    }

    private static SoughtFunction? Of(DependencyGraph graph, int function, Func<string, Unit?> unitOf)
    {
        var known = graph.SourceFunctions[function];
        if (known.File is null)
        {
            return null;
        }

        var (files, holders) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var isSourceThere = false;
        foreach (var vertex in graph.InstancesOf(function))
        {
            var graphUnit = graph.Units[graph.UnitOf(vertex)];
            holders.Add(graphUnit.Object);
            if (unitOf(graphUnit.Object) is not { } unit)
            {
                continue;
            }

            isSourceThere |= unit.SourcePath is { } source && File.Exists(source);
            if (graph.EntryOf(vertex).File is >= 0 and var file
                && UnixPath.Resolve(Encoding.UTF8.GetString(graphUnit.Summary.Names[file]), unit.WorkingDirectory) is { } path)
            {
                files.Add(RealPath.Of(path));
            }
        }

        return isSourceThere ? new SoughtFunction(known.Name, known.File, known.Line, known.Column, files, holders) : null;
    }
}
