using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Sessions;

/// <summary>Hashes the results of an analysis step by step, so that the next build can tell which of them changed.</summary>
internal static class StepResults
{
    /// <summary>The steps from <see cref="BuildStep.Resolve"/> to <see cref="BuildStep.Gate"/>, each with what it rests on.</summary>
    /// <param name="units">Hash of what the units' files say.</param>
    /// <param name="question">Hash of scope and patched functions.</param>
    /// <param name="compilers">Hash of what compilers' answers rest on, apart from that.</param>
    /// <param name="policy">Hash of what the gate is told.</param>
    /// <param name="result">The analysis.</param>
    /// <param name="gate">Its judgement.</param>
    /// <param name="manifest">The manifest, which stands for the impacts of all functions where it tells of all.</param>
    public static List<StepRecord> Of(byte[] units, byte[] question, byte[] compilers, byte[] policy, AnalysisResult result, StoredGate gate, FileState manifest)
    {
        var resolve = new StepRecord(Key(units, question), Resolved(result));
        var impact = new StepRecord(Key(units, resolve.Result), result.Scope == ManifestScope.Patched ? Impacts(result, result.DumpImpacts) : OfAll(manifest));
        var exact = new StepRecord(Key(units, compilers, impact.Result), Exact(result));
        return [resolve, impact, exact, new StepRecord(Key(units, policy, exact.Result), Judged(gate))];
    }

    private static byte[] Key(params ReadOnlySpan<byte[]> parts)
    {
        using var key = new KeyBuilder();
        foreach (var part in parts)
        {
            key.Add(part);
        }

        return key.ToKey();
    }

    private static byte[] Resolved(AnalysisResult result)
    {
        using var key = KeyBuilder.OfResult();
        key.Add(result.Scope.ToString());
        foreach (var impact in result.DumpImpacts)
        {
            var function = result.Graph.SourceFunctions[impact.Function];
            key.Add(function.Name, function.File).Add(function.Line).Add(function.Column);
        }

        return key.ToKey();
    }

    private static byte[] OfAll(FileState manifest) => KeyBuilder.OfResult().Add(manifest.Content?.ToString()).ToKey();

    private static byte[] Impacts(AnalysisResult result, IEnumerable<FunctionImpact> impacts)
    {
        using var key = KeyBuilder.OfResult();
        foreach (var impact in impacts)
        {
            foreach (var affected in impact.Affected)
            {
                key.Add(result.Graph.Units[result.Graph.UnitOf(affected.Vertex)].Object, result.Graph.SymbolOf(affected.Vertex))
                    .AddList([.. affected.Reasons.SelectMany(r => new[] { r.Dependency.Kind.ToString(), r.Dependency.Pass, result.Graph.SymbolOf(r.From) })]);
            }

            key.AddList([.. impact.FunctionsToPatch.Select(result.Graph.SymbolOf)]);
        }

        return key.ToKey();
    }

    private static byte[] Exact(AnalysisResult result)
    {
        using var key = KeyBuilder.OfResult();
        key.Add(Impacts(result, result.Scope == ManifestScope.Patched ? result.PatchedFunctions : []));
        foreach (var answer in result.Exact)
        {
            key.Add(answer.IsExact ? "exact" : "not exact").AddList([.. answer.InexactBecause.SelectMany(static c => new[] { c.Object, c.Cause })]);
            AddDependants(key, result, answer.Facts);
            AddDependants(key, result, answer.Decisions);
            key.AddList([.. answer.UnsafeCallees.Select(static c => c.ToString())]);
            key.AddList([.. answer.FoldedVariables.SelectMany(static v => (string[])[v.Object, v.Variable, .. v.Readers, .. v.Writers])]);
            foreach (var (vertex, isConfirmed) in answer.Confirmed.OrderBy(static c => c.Key))
            {
                key.Add(result.Graph.SymbolOf(vertex)).Add(isConfirmed ? 1 : 0);
            }
        }

        return key.ToKey();
    }

    private static void AddDependants(KeyBuilder key, AnalysisResult result, IReadOnlyCollection<ExactDependant> dependants)
    {
        key.Add(dependants.Count);
        foreach (var dependant in dependants)
        {
            key.Add(result.Graph.SymbolOf(dependant.Vertex)).AddList([.. dependant.Reasons.Select(static r => r.Dependency.Pass)]);
        }
    }

    private static byte[] Judged(StoredGate gate) =>
        KeyBuilder.OfResult()
            .Add(gate.Policy, gate.Verdict.ToString(), gate.RecommendedFlags)
            .Add(gate.ViolationCount).Add(gate.AcceptedCount).Add(gate.Baseline)
            .AddList([.. gate.Diagnostics.Select(static d => d.ToString())])
            .ToKey();
}
