using IpaAnalysis.Compilers;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions;

/// <summary>Hashes of what an analysis is asked.</summary>
/// <param name="request">The question.</param>
/// <param name="baseline">Hash of the known violations.</param>
internal sealed class AnalysisKeys(AnalysisRequest request, byte[] baseline)
{
    /// <summary>Hash of scope and patched functions.</summary>
    public byte[] Question { get; } = QuestionOf(request);

    /// <summary>Hash of what the gate is told.</summary>
    public byte[] Policy { get; } = PolicyOf(request, baseline);

    /// <summary>Hash of everything that a result depends on.</summary>
    /// <param name="units">Hash of the units and what their files say, or of the files' states.</param>
    public byte[] Of(byte[] units) =>
        new KeyBuilder().Add(units).Add(Question).Add(Policy).Add(request.Exact.ToString(), request.Compiler, request.ManifestFile, request.SarifFile).ToKey();

    /// <summary>Hash of what compilers' answers rest on besides the units.</summary>
    public byte[] CompilersOf(IReadOnlyList<ObservedFile> inputs, IReadOnlyList<ProgramStamp> programs)
    {
        using var key = new KeyBuilder();
        key.Add(request.Exact.ToString(), request.Compiler);
        foreach (var input in inputs)
        {
            key.Add(input.Path, input.State.Content?.ToString());
        }

        return key.AddList([.. programs.Select(static p => p.ToString())]).ToKey();
    }

    /// <summary>What is kept of the last step.</summary>
    /// <param name="steps">The steps before it.</param>
    /// <param name="outputs">What is written.</param>
    /// <param name="manifest">State of the written manifest, which may be large: it is hashed once.</param>
    public static StepRecord OutputsOf(IReadOnlyList<StepRecord> steps, AnalysisRequest outputs, FileState manifest)
    {
        using var key = new KeyBuilder();
        foreach (var step in steps)
        {
            key.Add(step.Result);
        }

        var input = key.Add(outputs.ManifestFile, outputs.SarifFile).ToKey();
        var sarif = outputs.SarifFile is { } file ? FileState.Of(file).Content?.ToString() : null;
        return new StepRecord(input, KeyBuilder.OfResult().Add(manifest.Content?.ToString(), sarif).ToKey());
    }

    private static byte[] QuestionOf(AnalysisRequest request)
    {
        using var key = new KeyBuilder();
        key.Add(request.Scope?.ToString()).Add(request.PatchedFunctions.Length);
        foreach (var query in request.PatchedFunctions)
        {
            key.Add(query.Name, query.SourceFile, query.Object).Add(query.Line).Add(query.AllMatches ? 1 : 0);
        }

        return key.ToKey();
    }

    private static byte[] PolicyOf(AnalysisRequest request, byte[] baseline)
    {
        var gate = request.Gate;
        using var key = new KeyBuilder();
        return key
            .Add(gate.Policy, gate.Severity, gate.MaxDiagnosticsPerPass, request.Compiler)
            .AddList([.. gate.ForbiddenPasses.SelectMany(static f => new[] { f.Pass, f.Severity, f.Justification })])
            .AddList([.. gate.Exceptions.SelectMany(static e => new[] { e.Pass, e.Justification, e.Object, e.Function, e.SourceFile, e.SourcePath })])
            .Add(baseline)
            .ToKey();
    }
}
