using System.Text;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries;

/// <summary>Adds functions to a summary that its files do not know of.</summary>
internal static class SummaryAddition
{
    /// <summary>The summary with functions that have a body and no code.</summary>
    /// <param name="summary">The summary, which stays as it is.</param>
    /// <param name="added">The functions. One that the object only calls gets its body and place; one that has a body is left out.</param>
    public static ObjectSummary Add(ObjectSummary summary, IEnumerable<AddedFunction> added)
    {
        var missing = new List<AddedFunction>();
        var called = new Dictionary<int, AddedFunction>();
        foreach (var function in added.DistinctBy(static f => f.Symbol))
        {
            if (summary.FindSymbol(Encoding.UTF8.GetBytes(function.Symbol)) is >= 0 and var known)
            {
                if ((summary.Functions[known].Traits & FunctionTraits.HasBody) == 0)
                {
                    called.Add(known, function);
                }
            }
            else
            {
                missing.Add(function);
            }
        }

        if (missing.Count == 0 && called.Count == 0)
        {
            return summary;
        }

        var names = new NamePoolBuilder();
        var nameIndex = new int[summary.Names.Count];
        for (var i = 0; i < nameIndex.Length; i++)
        {
            nameIndex[i] = names.Add(summary.Names[i]);
        }

        var entries = new List<(FunctionEntry Entry, int Before)>(summary.Functions.Length + missing.Count);
        for (var i = 0; i < summary.Functions.Length; i++)
        {
            var f = summary.Functions[i];
            f = f with { Symbol = nameIndex[f.Symbol], Name = nameIndex[f.Name], File = f.File < 0 ? -1 : nameIndex[f.File] };
            entries.Add((called.TryGetValue(i, out var body) ? WithBody(f, body, names) : f, i));
        }

        foreach (var f in missing)
        {
            entries.Add((new FunctionEntry(
                names.Add(Encoding.UTF8.GetBytes(f.Symbol)),
                Name: -1,
                File: -1,
                Line: 0,
                Column: 0,
                Order: -1,
                AliasOf: -1,
                f.IsLocal ? FunctionTraits.Local : FunctionTraits.None), -1));
            entries[^1] = (WithBody(entries[^1].Entry, f, names), -1);
        }

        var pool = names.Freeze();
        entries.Sort((a, b) => pool[a.Entry.Symbol].SequenceCompareTo(pool[b.Entry.Symbol]));
        var moved = new int[summary.Functions.Length];
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Before >= 0)
            {
                moved[entries[i].Before] = i;
            }
        }

        // What was in order stays in order, as functions move past each other nowhere.
        return new ObjectSummary
        {
            Names = pool,
            Functions = [.. entries.Select(e => e.Entry with { AliasOf = e.Entry.AliasOf < 0 ? -1 : moved[e.Entry.AliasOf] })],
            CloneEdges = [.. summary.CloneEdges.Select(e => e with { Original = moved[e.Original], Copy = moved[e.Copy], Reason = nameIndex[e.Reason] })],
            CallEdges = [.. summary.CallEdges.Select(e => new CallEdge(moved[e.Caller], moved[e.Callee]))],
            SharedBodies = [.. summary.SharedBodies.Select(s => s with { First = moved[s.First], Second = moved[s.Second] })],
            Foldings = [.. summary.Foldings.Select(f => f with { Kept = moved[f.Kept], Folded = moved[f.Folded] })],
            Compilers = summary.Compilers,
            Producer = summary.Producer,
            Machine = summary.Machine,
            HasDump = summary.HasDump,
            HasFoldingRecord = summary.HasFoldingRecord,
            HasCallGraph = summary.HasCallGraph,
            HasSymbolTable = summary.HasSymbolTable,
            Diagnostics = summary.Diagnostics,
        };
    }

    private static FunctionEntry WithBody(FunctionEntry entry, AddedFunction function, NamePoolBuilder names) => entry with
    {
        Name = names.Add(Encoding.UTF8.GetBytes(function.Name)),
        File = function.File is null ? -1 : names.Add(Encoding.UTF8.GetBytes(function.File)),
        Line = function.Line,
        Column = function.Column,
        Traits = entry.Traits | FunctionTraits.HasBody,
    };
}
