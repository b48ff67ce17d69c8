using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Outputs;
using IpaAnalysis.Recompile;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Sessions;

/// <summary>
/// Finds what the patched functions affect, judges the gate and writes the outputs, or repeats the last result if nothing changed:
/// the steps from <see cref="BuildStep.Summarise"/> on.
/// </summary>
internal sealed class AnalysisSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private const string OutputCategory = "analyze";
    private const BuildStep First = BuildStep.Resolve;

    private readonly SessionFiles _files = new(settings.OutputList);

    /// <summary>Analyses.</summary>
    /// <param name="request">The question.</param>
    /// <param name="cancellation">Ends it early; what compilers answered until then is kept.</param>
    /// <returns>Null when the question is wrong or, in a build that only asks, when there is work.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">An output cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">An output may not be written.</exception>
    public AnalysisOutcome? Run(AnalysisRequest request, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        var baseline = GateBaselineInput.Read(request.BaselineFile, request.UpdatesBaseline, diagnostics);
        var policy = GatePolicyReader.Read(request.Gate, diagnostics) with { Baseline = baseline.Baseline };
        if (request.SarifFile is { } sarif && (sarif == request.ManifestFile || sarif == SchemaOf(request)))
        {
            diagnostics.Add(DiagnosticCatalog.InvalidValue.At(
                $"IpaSarifFile is '{Path.GetRelativePath(Settings.ProjectDirectory, sarif)}', which is the manifest or its schema. Give a file of its own."));
        }

        if (diagnostics.HasErrors)
        {
            Log.AddRange(diagnostics);
            return null;
        }

        var keys = new AnalysisKeys(request, baseline.Key);
        var result = Find(request, policy, keys, cancellation);
        if (result is null)
        {
            return null;
        }

        if (!Settings.OnlyAsks)
        {
            OutputFile.Write(SchemaOf(request), ManifestSchema.Content());
        }

        Log.AddRange(result.Diagnostics);
        return new AnalysisOutcome(result.Gate, result.Rows, WrittenFiles(request), result.Summary);
    }

    private static string SchemaOf(AnalysisRequest request) => Path.Combine(Path.GetDirectoryName(request.ManifestFile)!, ManifestSchema.FileName);

    /// <summary>The last result if it still holds, else a new one; null when only asked and there is work.</summary>
    private StoredResult? Find(AnalysisRequest request, GatePolicy policy, AnalysisKeys keys, CancellationToken cancellation)
    {
        CollectedUnits? collected = null;
        var unitsKey = UnitsKeyOf(request, ref collected);
        var result = StoredResult.TryRead(_files.Result, keys.Of(unitsKey));
        string? changedFile = null;
        var isLoaded = Settings.OnlyAsks && result is null;
        if (isLoaded)
        {
            // The last result if the units' files say the same as for it, whatever their times; nothing is written.
            using var units = LoadedUnits.Open(collected, request.Memory, Settings, Log, cancellation);
            changedFile = units.Store.Reads.FirstOrDefault(static read => read.IsChanged) is { } read
                ? StoredSummaries.FileOf(units.Collected.Units[read.Unit], read.Reason)
                : null;
            result = StoredResult.TryRead(_files.Result, keys.Of(units.ContentKey));
        }

        var change = ChangeOf(result, request);
        if (result is not null && change is null && (!Settings.FullHash || Settings.OnlyAsks))
        {
            NoteCached(isLoaded ? First : BuildStep.Summarise);
            Log.Detail("Inputs and options are unchanged: the last result is repeated.");
            return result;
        }

        if (changedFile is not null && Refuse(BuildStep.Summarise, changedFile, "its content changed"))
        {
            return null;
        }

        return Refuse(change?.Step ?? BuildStep.Summarise, change?.File ?? request.ManifestFile, change?.Why ?? "IpaFullHash asks for everything anew")
            ? null
            : Analyze(request, policy, keys, unitsKey, collected, cancellation);
    }

    private byte[] UnitsKeyOf(AnalysisRequest request, ref CollectedUnits? collected)
    {
        if (request.UnitsKey.Length > 0)
        {
            return System.Text.Encoding.UTF8.GetBytes(request.UnitsKey);
        }

        collected = CollectedUnits.Read(_files.Units, out var listKey);

        // A build that only asks has kept no states of files: what the memory says of them is of the build before.
        return Settings.OnlyAsks ? Guid.NewGuid().ToByteArray() : CollectedUnits.KeyOf(_files, listKey);
    }

    /// <summary>Why a result does not stand for this build's; null when it does.</summary>
    private Change? ChangeOf(StoredResult? result, AnalysisRequest request)
    {
        if (result is null)
        {
            return new Change(First, request.ManifestFile, "its inputs or options changed");
        }

        if (result.Inputs.FirstOrDefault(static i => !i.IsCurrent()) is { } input)
        {
            return new Change(BuildStep.Exact, input.Path, FileIdentity.Describe(input.State.Identity, FileState.LookAt(input.Path) ?? default));
        }

        if (result.Programs.FirstOrDefault(p => !ProgramStamp.AreCurrent([p], CompilerEnvironment.For(Settings.Environment, result.UntrustedDirectories), Settings.ProjectDirectory)) is { } program)
        {
            return new Change(BuildStep.Exact, program.Path ?? Settings.ProjectFile, $"the compiler '{program.Name}' is another one");
        }

        string?[] outputs = [request.ManifestFile, SchemaOf(request), request.SarifFile];
        return outputs.OfType<string>().FirstOrDefault(static o => !File.Exists(o)) is { } gone ? new Change(BuildStep.Outputs, gone, "it is gone")
            : result.Describes(request.ManifestFile, request.SarifFile) ? null
            : new Change(BuildStep.Outputs, request.ManifestFile, "something else wrote it or what is beside it");
    }

    private void NoteCached(BuildStep first)
    {
        for (var step = first; step <= BuildStep.Outputs; step++)
        {
            Log.Note(StepRun.Of(step, StepReason.Cached));
        }
    }

    private StoredResult Analyze(
        AnalysisRequest request, GatePolicy policy, AnalysisKeys keys, byte[] unitsKey, CollectedUnits? collected, CancellationToken cancellation)
    {
        using var units = LoadedUnits.Open(collected, request.Memory, Settings, Log, cancellation);
        var (contentKey, started) = (units.ContentKey, FileIdentity.NowNanoseconds);
        if (StoredResult.TryRead(_files.Result, keys.Of(contentKey)) is { } last && ChangeOf(last, request) is null)
        {
            NoteCached(First);
            Log.Detail("The inputs say the same as before: the last result is repeated.");
            last = last with { Key = keys.Of(unitsKey) };
            last.Write(_files.Result);
            return last;
        }

        var expander = units.OpenExpander(request.Compiler);
        var compilers = units.OpenExactImpact(expander);
        var result = Analysis.Run(
            units.Source,
            new AnalysisOptions
            {
                Scope = request.Scope,
                PatchedFunctions = request.PatchedFunctions,
                Exact = request.Exact == ExactMode.False ? null : compilers,
                ExactSeverity = request.Exact == ExactMode.True ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                Gate = new PolicyGate(policy, units.Collected.Units, units.Source.Summaries, expander),
                IndexCacheFile = _files.Index,
                Threads = Settings.Jobs,
                Progress = Settings.Progress,
                NormalizePath = Normalizer(units.Collected.Roots),
            },
            units.Collected.Diagnostics,
            cancellation);
        expander.Save();
        if (request.Exact != ExactMode.False && !result.Exact.IsEmpty)
        {
            Log.Detail($"Compilers were asked {compilers.Asked} questions about patched functions; {result.Exact.Count(static e => e.IsExact)} of {result.Exact.Length} are known exactly.");
        }

        var gate = StoredGate.Of(result.Gate);
        ObservedFile[] inputs = [.. compilers.Inputs.Select(ObservedFile.Of)];
        WriteOutputs(request, result, cancellation);
        var manifest = FileState.Of(request.ManifestFile);
        var steps = StepResults.Of(contentKey, keys.Question, keys.CompilersOf(inputs, expander.Programs), keys.Policy, result, gate, manifest);
        steps.Add(AnalysisKeys.OutputsOf(steps, request, manifest));
        NoteSteps(steps, compilers.Asked > 0);

        // What changed since is not what was asked about.
        var isPassing = compilers.MustAskAgain || Array.Exists(inputs, i => i.State.Content is not null && i.State.Identity.NewestNanoseconds >= started);

        var (length, ticks) = StoredResult.Stamp(request.ManifestFile);
        var (sarifLength, sarifTicks) = StoredResult.Stamp(request.SarifFile);
        var totals = result.Totals;
        var stored = new StoredResult(
            isPassing ? StoredResult.NoKey : keys.Of(unitsKey),
            isPassing ? StoredResult.NoKey : keys.Of(contentKey),
            steps,
            gate,
            length,
            ticks,
            sarifLength,
            sarifTicks,
            [.. result.Findings.Select(static f => f.Diagnostic).Except(units.Collected.Diagnostics)],
            units.Collected.UntrustedDirectories,
            expander.Programs,
            inputs,
            AffectedRow.From(result),
            $"{totals.Objects} objects, {totals.Functions} functions; {totals.PatchedFunctions} patched, {totals.AffectedFunctions} affected, {totals.FunctionsToPatch} to patch{(result.Complete ? "" : " (incomplete)")}.");
        stored.Write(_files.Result);
        return stored;
    }

    private static Func<string, string?> Normalizer(IReadOnlyList<string> roots)
    {
        var paths = new SourcePathMap(roots);
        return path => paths.Normalize(path, null);
    }

    /// <summary>Writes the outputs, also after an error, which then stands in them: an old manifest must not pass for the answer to this question.</summary>
    private void WriteOutputs(AnalysisRequest request, AnalysisResult result, CancellationToken cancellation)
    {
        var settings = new ManifestSettings { Threads = Settings.Jobs, Progress = Settings.Progress, Cancellation = cancellation };
        Write(request.ManifestFile, stream => ManifestWriter.Write(result, settings, stream));
        if (request.SarifFile is { } sarif)
        {
            Write(sarif, stream => SarifWriter.Write(result, new SarifSettings(request.PackageVersion), stream));
        }
    }

    private void Write(string path, Action<Stream> write) =>
        Log.Detail($"{path} {(OutputFile.Write(path, write) ? "was written" : "was up to date")}.");

    private void NoteSteps(List<StepRecord> steps, bool wereCompilersAsked)
    {
        var last = StoredResult.ReadSteps(_files.Result);
        for (var i = 0; i < steps.Count; i++)
        {
            var reason = steps[i].Since(i < last.Count ? last[i] : null);

            // Answers may have been lost.
            reason = First + i == BuildStep.Exact && reason == StepReason.Cached && wereCompilersAsked ? StepReason.Unchanged : reason;
            Log.Note(StepRun.Of(First + i, reason));
        }
    }

    private string[] WrittenFiles(AnalysisRequest request)
    {
        string?[] candidates = [request.ManifestFile, SchemaOf(request), request.SarifFile, _files.Result, _files.Options, _files.Index, _files.Answers];
        string[] written = [.. candidates.OfType<string>().Where(File.Exists)];

        // A manifest under another name may be of another question, and is still wanted.
        var outputs = LoadOutputs();
        if (!Settings.OnlyAsks)
        {
            outputs.Add(OutputCategory, written);
        }

        return [.. written, _files.Units, _files.Memory, _files.OutputList, .. outputs.FilesOf(LoadedUnits.OutputCategory)];
    }

    /// <summary>Why there is work.</summary>
    /// <param name="Step">The first step that has to run.</param>
    /// <param name="File">The file that it is about.</param>
    /// <param name="Why">What is with the file.</param>
    private sealed record Change(BuildStep Step, string File, string Why);
}
