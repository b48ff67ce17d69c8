using System.Reflection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Finds what the patched functions affect and writes the manifest, or repeats the last result if nothing changed.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaAnalyzeUnits : IpaUnitsTask
{
    /// <summary>The patched functions; metadata <c>SourceFile</c>, <c>Object</c>, <c>Line</c>, <c>AllMatches</c>.</summary>
    public ITaskItem[] PatchedFunctions { get; set; } = [];

    /// <summary><c>patched</c>, <c>index</c> or <c>all</c>; empty: <c>patched</c> if there are patched functions, else <c>index</c>.</summary>
    public string Scope { get; set; } = "";

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

    /// <summary>Where the manifest goes; its schema goes beside it.</summary>
    [Required]
    public string ManifestFile { get; set; } = "";

    /// <summary>Where the SARIF log goes; empty for none.</summary>
    public string SarifFile { get; set; } = "";

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

    private protected override LockUse Use => LockUse.Ends;

    private protected override void Read(SessionLog log, DiagnosticBag diagnostics)
    {
        var request = new AnalysisRequest
        {
            UnitsKey = UnitsKey,
            Memory = Memory,
            Scope = AnalysisInputs.Scope(Scope, diagnostics),
            PatchedFunctions = [.. AnalysisInputs.Queries(PatchedFunctions, Absolute, diagnostics)],
            Exact = AnalysisInputs.Exact(ExactImpact, diagnostics),
            Gate = GateInputs.Settings(Policy, GateSeverity, MaxDiagnosticsPerPass, ForbiddenPasses, GateExceptions, Absolute),
            BaselineFile = AbsoluteOrNull(GateBaseline),
            UpdatesBaseline = UpdatesBaseline,
            Compiler = Compiler,
            ManifestFile = Absolute(ManifestFile),
            SarifFile = AbsoluteOrNull(SarifFile),
            PackageVersion = PackageVersion,
        };
        if (!diagnostics.HasErrors && new AnalysisSession(Settings, log).Run(request, Cancellation) is { } outcome)
        {
            Publish(outcome, log);
        }
    }

    private void Publish(AnalysisOutcome outcome, SessionLog log)
    {
        // The gate is reported when the lock is given back, and another build may have written its own.
        Share(NameOfGate, outcome.Gate);
        RecommendedFlags = outcome.Gate.RecommendedFlags;
        WrittenFiles = [.. outcome.WrittenFiles.Select(ItemMetadata.Create)];

        // Absolute, as GetIpaManifest gives it to other projects, where FullPath would start from theirs.
        Manifest = [ItemMetadata.Create(Absolute(ManifestFile))];
        AffectedFunctions = [.. outcome.Rows.Where(static r => r.IsAffected).Select(AffectedItem.Of)];
        FunctionsToPatch = [.. outcome.Rows.Where(static r => r.MustBePatched).Select(AffectedItem.Of)];
        log.Say($"{ManifestFile}: {outcome.Summary}");
    }
}
