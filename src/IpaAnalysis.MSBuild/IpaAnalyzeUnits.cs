using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using IpaAnalysis.Collection;
using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Gating;
using IpaAnalysis.Impact;
using IpaAnalysis.Manifests;
using IpaAnalysis.Recompile;
using IpaAnalysis.Summaries;
using IpaAnalysis.Verdicts;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Finds what the patched functions affect and writes the manifest, or repeats the last result if nothing changed.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaAnalyzeUnits : IpaLockedTask
{
    /// <summary>What <see cref="IpaCollectUnits"/> found.</summary>
    [Required]
    public string UnitsFile { get; set; } = "";

    /// <summary>What <see cref="IpaCollectUnits"/> says of the units and their files; empty: the files are to say it.</summary>
    public string UnitsKey { get; set; } = "";

    /// <summary>The patched functions; metadata <c>SourceFile</c>, <c>Object</c>, <c>Line</c>, <c>AllMatches</c>.</summary>
    public ITaskItem[] PatchedFunctions { get; set; } = [];

    /// <summary><c>patched</c>, <c>index</c> or <c>all</c>; empty: <c>patched</c> if there are patched functions, else <c>index</c>.</summary>
    public string Scope { get; set; } = "";

    /// <summary>Whether the compiler is asked what depends on the patched functions: <c>auto</c>, <c>true</c> or <c>false</c>; empty for <c>auto</c>.</summary>
    public string ExactImpact { get; set; } = "";

    /// <summary>The gate's policy; empty for the default.</summary>
    public string Policy { get; set; } = "";

    /// <summary>The severity of what the policy forbids; empty for the default.</summary>
    public string GateSeverity { get; set; } = "";

    /// <summary>Passes that are forbidden too; metadata <c>Severity</c>, <c>Justification</c>.</summary>
    public ITaskItem[] ForbiddenPasses { get; set; } = [];

    /// <summary>Violations that are accepted; metadata <c>Justification</c>, <c>Object</c>, <c>Function</c>, <c>SourceFile</c>.</summary>
    public ITaskItem[] GateExceptions { get; set; } = [];

    /// <summary>The known violations; empty for none.</summary>
    public string GateBaseline { get; set; } = "";

    /// <summary>Whether the baseline is about to be written, so that it may be missing now.</summary>
    public bool UpdatesBaseline { get; set; }

    /// <summary>How many violations of a pass are reported at their place; empty for the default.</summary>
    public string MaxDiagnosticsPerPass { get; set; } = "";

    /// <summary>The compiler that is asked what options mean where an object names none.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>How many threads may read.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>Whether every file is read, whatever its time stamps say: <c>true</c> or <c>false</c>.</summary>
    public string FullHash { get; set; } = "";

    /// <summary>Where the manifest goes; its schema goes beside it.</summary>
    [Required]
    public string ManifestFile { get; set; } = "";

    /// <summary>Where the SARIF log goes; empty for none.</summary>
    public string SarifFile { get; set; } = "";

    /// <summary>Where the result is kept.</summary>
    [Required]
    public string ResultFile { get; set; } = "";

    /// <summary>Where the gate's judgement is kept.</summary>
    [Required]
    public string GateFile { get; set; } = "";

    /// <summary>Where compilers' answers are kept.</summary>
    [Required]
    public string OptionsFile { get; set; } = "";

    /// <summary>The flags to add so that the gate's policy holds.</summary>
    [Output]
    public string RecommendedFlags { get; private set; } = "";

    /// <summary>The manifest, if there is one.</summary>
    [Output]
    public ITaskItem[] Manifest { get; private set; } = [];

    /// <summary>In scope <c>patched</c>, what is affected.</summary>
    [Output]
    public ITaskItem[] AffectedFunctions { get; private set; } = [];

    /// <summary>In scope <c>patched</c>, what must be replaced.</summary>
    [Output]
    public ITaskItem[] FunctionsToPatch { get; private set; } = [];

    /// <summary>The files that Clean and IncrementalClean may know of.</summary>
    [Output]
    public ITaskItem[] WrittenFiles { get; private set; } = [];

    /// <summary>Without the commit that a build in a repository adds.</summary>
    private static string PackageVersion { get; } =
        (typeof(IpaAnalyzeUnits).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+')[0];

    private string Schema => Path.Combine(Path.GetDirectoryName(Absolute(ManifestFile))!, ManifestSchema.FileName);

    /// <summary>What is kept for scope <c>index</c>, beside the store of summaries.</summary>
    private string IndexFile => Path.Combine(Path.GetDirectoryName(Absolute(UnitsFile))!, "index.state");

    private string? Sarif => SarifFile.Length > 0 ? Absolute(SarifFile) : null;

    private protected override LockUse Use => LockUse.Ends;

    private protected override bool IsAsLeft() => CollectNotes.AreCurrent(Absolute(UnitsFile), UnitsKey, Jobs, Cancellation);

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        var diagnostics = new DiagnosticBag();
        var options = Options(diagnostics);
        CheckSarifFile(diagnostics);
        var exact = ExactInputs.Mode(ExactImpact, diagnostics);
        var policy = Gate(diagnostics, out var baselineKey);
        var fullHash = AnalysisInputs.Flag(FullHash.Length > 0 ? FullHash : null, "IpaFullHash", diagnostics);
        if (diagnostics.HasErrors)
        {
            Report(diagnostics);
            return;
        }

        CollectedUnits? collected = null;
        var unitsKey = Encoding.UTF8.GetBytes(UnitsKey);
        if (unitsKey.Length == 0)
        {
            collected = CollectedUnits.Read(Absolute(UnitsFile), out var listKey);

            // A build that only asks has kept no states of files: what the memory says of them is of the build before.
            unitsKey = IsQuestion ? SHA256.HashData(Guid.NewGuid().ToByteArray()) : CollectedUnits.KeyOf(Absolute(UnitsFile), listKey);
        }

        options = options with { ExactSeverity = exact == ExactMode.True ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info };
        var key = Key(unitsKey, options, exact, baselineKey);
        var result = StoredResult.TryRead(Absolute(ResultFile), key);
        var gate = StoredGate.TryRead(Absolute(GateFile));
        string? changedFile = null;
        if (IsQuestion && result is null)
        {
            result = OfContent(ref collected, options, exact, baselineKey, fullHash, out changedFile);
        }

        if (IsCurrent(result, gate) && (!fullHash || IsQuestion))
        {
            LogLow("Inputs and options are unchanged: the last result is repeated.");
        }
        else if (changedFile is not null && RefuseWork(changedFile, "its content changed"))
        {
            return;
        }
        else if (RefuseWork(Absolute(ManifestFile), result is null ? "its inputs or options changed" : "something else wrote it"))
        {
            return;
        }
        else
        {
            using var reading = StoredSummaries.Begin(Absolute(UnitsFile));
            collected ??= CollectedUnits.Read(Absolute(UnitsFile), out _);
            result = Analyze(collected, reading, options, exact, policy, baselineKey, key, fullHash, ref gate);
        }

        // The gate is reported when the lock is given back, and another build may have written its own.
        Leave(StoredGate.NameOf(Absolute(GateFile), InstanceName), gate);
        RecommendedFlags = gate.RecommendedFlags;
        if (!IsQuestion)
        {
            OutputFile.Write(Schema, ManifestSchema.Content());
        }

        Report(result.Diagnostics);
        Publish(result);
    }

    private void CheckSarifFile(DiagnosticBag diagnostics)
    {
        if (Sarif is { } sarif && (sarif == Absolute(ManifestFile) || sarif == Schema))
        {
            diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"IpaSarifFile is '{SarifFile}', which is the manifest or its schema. Give a file of its own."));
        }
    }

    private AnalysisOptions Options(DiagnosticBag diagnostics)
    {
        ManifestScope? scope = null;
        if (Scope.Length > 0)
        {
            // Enum.TryParse would also take numbers and lists.
            scope = Enum.GetValues<ManifestScope>().Cast<ManifestScope?>()
                .FirstOrDefault(s => string.Equals(s.ToString(), Scope, StringComparison.OrdinalIgnoreCase));
            if (scope is null)
            {
                diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"IpaManifestScope is '{Scope}'. Give patched, index or all."));
            }
        }

        return new AnalysisOptions
        {
            Scope = scope,
            PatchedFunctions = [.. AnalysisInputs.Queries(PatchedFunctions, Absolute, diagnostics)],
            NormalizePath = path => path,
        };
    }

    private GatePolicy Gate(DiagnosticBag diagnostics, out byte[] baselineKey)
    {
        var settings = new GateSettings
        {
            Policy = Policy,
            Severity = GateSeverity,
            ForbiddenPasses = [.. ForbiddenPasses.Select(GateInputs.ForbiddenPass)],
            Exceptions = [.. GateExceptions.Select(e => GateInputs.Exception(e, Absolute))],
            MaxDiagnosticsPerPass = MaxDiagnosticsPerPass,
        };
        var baseline = GateBaseline.Length > 0 ? Absolute(GateBaseline) : "";
        return GatePolicyReader.Read(settings, diagnostics) with
        {
            Baseline = GateInputs.Baseline(baseline, UpdatesBaseline, diagnostics, out baselineKey),
        };
    }

    /// <summary>Hashes what the result depends on: the units' files, the question, and this very package.</summary>
    private byte[] Key(byte[] unitsKey, AnalysisOptions options, ExactMode exact, byte[] baselineKey)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(unitsKey);
        hash.AppendData(typeof(Analysis).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(typeof(IpaAnalyzeUnits).Module.ModuleVersionId.ToByteArray());
        Append(options.Scope?.ToString());
        Append(exact.ToString());
        Append(Absolute(ManifestFile));
        Append(Sarif);
        foreach (var text in GateInputs.Texts(Policy, GateSeverity, MaxDiagnosticsPerPass, Compiler, ForbiddenPasses, GateExceptions, Absolute))
        {
            Append(text);
        }

        hash.AppendData(baselineKey);
        foreach (var query in options.PatchedFunctions)
        {
            Append(query.Name);
            Append(query.SourceFile);
            Append(query.Object);
            Append(FormattableString.Invariant($"{query.Line} {query.AllMatches}"));
        }

        return hash.GetHashAndReset();

        // With its length, as a name may hold any character.
        void Append(string? text)
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
            hash.AppendData(bytes);
        }
    }

    /// <summary>Whether a result is there, with the manifest that it wrote, its judgement, and the compilers that it asked.</summary>
    private bool IsCurrent([NotNullWhen(true)] StoredResult? result, [NotNullWhen(true)] StoredGate? gate) =>
        result is not null
        && gate?.BelongsTo(result) == true
        && result.Describes(Absolute(ManifestFile), Sarif)
        && result.Inputs.All(static i => i.IsCurrent())
        && ProgramStamp.AreCurrent(result.Programs, CompilerEnvironment.For(Environment, result.UntrustedDirectories), ProjectDirectory);

    /// <summary>The last result if the units' files say the same as for it, whatever their times; nothing is written.</summary>
    private StoredResult? OfContent(
        ref CollectedUnits? collected,
        AnalysisOptions options,
        ExactMode exact,
        byte[] baselineKey,
        bool fullHash,
        out string? changedFile)
    {
        using var reading = StoredSummaries.Begin(Absolute(UnitsFile));
        collected ??= CollectedUnits.Read(Absolute(UnitsFile), out _);
        var memory = Left<CollectionMemory>(CollectedUnits.NameOfMemory(Absolute(UnitsFile), UnitsKey));
        using var store = OpenStore(collected, reading, memory?.StampsOf(collected.Units.Count), Absolute(UnitsFile), Jobs, fullHash);
        changedFile = store.Reads.FirstOrDefault(static read => read.IsChanged) is { } read ? StoredSummaries.FileOf(collected.Units[read.Unit], read.Reason) : null;
        return StoredResult.TryRead(Absolute(ResultFile), Key(store.ContentKey(collected), options, exact, baselineKey));
    }

    private StoredResult Analyze(
        CollectedUnits collected,
        StoreReading reading,
        AnalysisOptions options,
        ExactMode exact,
        GatePolicy policy,
        byte[] baselineKey,
        byte[] key,
        bool fullHash,
        [NotNull] ref StoredGate? gate)
    {
        var memory = Left<CollectionMemory>(CollectedUnits.NameOfMemory(Absolute(UnitsFile), UnitsKey));
        using var store = OpenStore(collected, reading, memory?.StampsOf(collected.Units.Count), Absolute(UnitsFile), Jobs, fullHash);
        var contentKey = Key(store.ContentKey(collected), options, exact, baselineKey);
        var last = StoredResult.TryRead(Absolute(ResultFile), contentKey);
        if (IsCurrent(last, gate))
        {
            LogLow("The inputs say the same as before: the last result is repeated.");
            last = last with { Key = key };
            last.Write(Absolute(ResultFile));
            return last;
        }

        var paths = new SourcePathMap(collected.Roots);
        var source = store.ToSource(collected);
        var untrusted = collected.UntrustedDirectories;
        var expander = OpenExpander(Compiler, Jobs, Absolute(OptionsFile), untrusted);
        var compilers = ExactInputs.Analyzer(collected.Units, Absolute(UnitsFile), expander, Jobs, Progress);
        var result = Analysis.Run(
            source,
            options with
            {
                Readers = exact == ExactMode.False ? null : (units, graph, queries) => compilers.AddReaders(units, graph, queries, Cancellation),
                Exact = exact == ExactMode.False ? null : (graph, impacts) => compilers.Analyze(graph, impacts, Cancellation),
                Gate = inexact => GateJudge.Judge(
                    policy,
                    policy.AllForbidden().IsEmpty ? [] : [.. collected.Units.Select(GateUnit.Of)],
                    source.Summaries,
                    expander,
                    inexact,
                    Cancellation),
                IndexCacheFile = IndexFile,
                Threads = Jobs,
                Progress = Progress,
                NormalizePath = path => paths.Normalize(path, null),
            },
            collected.Diagnostics,
            Cancellation);
        expander.Save();
        if (exact != ExactMode.False && !result.Exact.IsEmpty)
        {
            LogLow($"Compilers were asked {compilers.Asked} questions about patched functions; {result.Exact.Count(static e => e.IsExact)} of {result.Exact.Length} are known exactly.");
        }

        var manifest = Absolute(ManifestFile);
        var settings = new ManifestSettings { Threads = Math.Max(1, Jobs), Progress = Progress, Cancellation = Cancellation };

        // Also after an error, which then stands in it: an old manifest must not pass for the answer to this question.
        var changed = OutputFile.Write(manifest, stream => ManifestWriter.Write(result, settings, stream));
        LogLow(changed ? $"{ManifestFile} was written." : $"{ManifestFile} was up to date.");
        if (Sarif is { } sarif)
        {
            changed = OutputFile.Write(sarif, stream => SarifWriter.Write(result, new SarifSettings(PackageVersion), stream));
            LogLow(changed ? $"{SarifFile} was written." : $"{SarifFile} was up to date.");
        }

        var (length, ticks) = StoredResult.Stamp(manifest);
        var (sarifLength, sarifTicks) = StoredResult.Stamp(Sarif);
        var totals = result.Totals;
        var stored = new StoredResult(
            key,
            contentKey,
            length,
            ticks,
            sarifLength,
            sarifTicks,
            [.. result.Findings.Select(f => f.Diagnostic).Except(collected.Diagnostics)],
            untrusted,
            expander.Programs,
            [.. compilers.Inputs.Select(ObservedFile.Of)],
            AffectedItem.From(result),
            $"{totals.Objects} objects, {totals.Functions} functions; {totals.PatchedFunctions} patched, {totals.AffectedFunctions} affected, {totals.FunctionsToPatch} to patch{(result.Complete ? "" : " (incomplete)")}.");
        gate = StoredGate.Of(result.Gate, contentKey);
        gate.Write(Absolute(GateFile));
        if (compilers.MustAskAgain)
        {
            // What failed may succeed in the next build, which must not repeat this result.
            OutputFile.Delete(Absolute(ResultFile));
        }
        else
        {
            stored.Write(Absolute(ResultFile));
        }

        return stored;
    }

    private void Publish(StoredResult result)
    {
        var manifest = Absolute(ManifestFile);
        string[] files =
        [
            .. new[] { manifest, Schema, Sarif, Absolute(ResultFile), Absolute(GateFile), Absolute(OptionsFile), IndexFile, ExactInputs.CacheFile(Absolute(UnitsFile)) }.OfType<string>().Where(File.Exists),
        ];

        // A manifest under another name may be of another question, and is still wanted.
        var outputs = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory);
        if (!IsQuestion)
        {
            outputs.Add("analyze", files);
        }

        WrittenFiles =
        [
            .. files
                .Concat([Absolute(UnitsFile), CollectedUnits.MemoryFile(Absolute(UnitsFile)), Absolute(OutputList)])
                .Concat(outputs.FilesOf(StoredSummaries.OutputCategory))
                .Select(ItemMetadata.Create),
        ];

        // Absolute, as GetIpaManifest gives it to other projects, where FullPath would start from theirs.
        Manifest = [ItemMetadata.Create(manifest)];
        AffectedFunctions = [.. result.Items.Where(i => i.IsAffected).Select(i => i.ToItem())];
        FunctionsToPatch = [.. result.Items.Where(i => i.MustBePatched).Select(i => i.ToItem())];
        LogText(MessageImportance.Normal, $"{ManifestFile}: {result.Summary}");
    }
}
