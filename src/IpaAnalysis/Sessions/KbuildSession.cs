using System.Globalization;
using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Files;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions;

/// <summary>Builds kernel modules and kernel trees through kbuild, which decides what is up to date.</summary>
internal sealed class KbuildSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private const string ModuleCategory = "modules";
    private const string TreeCategory = "trees";

    private readonly List<StepReason> _reasons = [];
    private string? _why;

    /// <summary>Builds modules.</summary>
    /// <param name="modules">Each with the name that messages call it by.</param>
    /// <param name="cancellation">Ends make; what it made stays.</param>
    /// <returns>What came of each.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<KernelModuleResult> BuildModules(IReadOnlyList<(string Name, KernelModuleOptions Options)> modules, CancellationToken cancellation)
    {
        // Nothing is ever pruned in a module's directory: make would not write again a dump whose object is still there.
        var list = LoadOutputs();
        var outputs = list.FilesOf(ModuleCategory).Where(File.Exists).ToHashSet(StringComparer.Ordinal);

        // Before make, as it may be interrupted.
        outputs.UnionWith(modules.SelectMany(static m => (string[])[m.Options.StateFile, m.Options.RecordFile]));
        Keep(list, outputs);
        var results = new List<KernelModuleResult>();
        foreach (var (name, options) in modules)
        {
            var isNew = !File.Exists(options.RecordFile);
            var result = Build(options with { Progress = new NamedProgress(name, Settings.Progress) }, outputs, list, cancellation);
            Tell(name, isNew, result);
            outputs.UnionWith(result.OutputFiles);

            // Who removes a call graph removes its object too, or make would take that for up to date.
            outputs.UnionWith(result.OutputFiles.Select(KernelModuleFiles.ObjectOfCallGraph).OfType<string>().Where(File.Exists));
            results.Add(result);
        }

        Keep(list, outputs);
        NoteStep();
        return results;
    }

    /// <summary>Builds trees.</summary>
    /// <param name="trees">Each with the name that messages call it by.</param>
    /// <param name="cancellation">Ends make; what it made stays.</param>
    /// <returns>What came of each.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<KernelTreeResult> BuildTrees(IReadOnlyList<(string Name, KernelTreeOptions Options)> trees, CancellationToken cancellation)
    {
        // Only what we remember is ours: the user named the trees, and Clean leaves them alone.
        if (!Settings.OnlyAsks)
        {
            LoadOutputs().Replace(TreeCategory, trees.SelectMany(static t => (string[])[t.Options.StateFile, t.Options.RecordFile]).ToHashSet(StringComparer.Ordinal));
        }

        var results = new List<KernelTreeResult>();
        foreach (var (name, options) in trees)
        {
            var isNew = !File.Exists(options.RecordFile);
            var result = KernelTreeBuilder.Build(options with { Progress = new NamedProgress(name, Settings.Progress) }, cancellation);
            Tell(name, isNew, result);
            results.Add(result);
        }

        NoteStep();
        return results;
    }

    private void Tell(string name, bool isNew, KbuildResult result)
    {
        Log.Detail(result.Reasons.Concat(result.Log));
        Log.AddRange(result.Diagnostics);
        if (!result.Succeeded)
        {
            return;
        }

        _reasons.Add(result.IsUpToDate ? StepReason.Cached : isNew ? StepReason.New : StepReason.Modified);
        _why ??= result.IsUpToDate || result.Reasons.Count == 0 ? null : result.Reasons[0];
        Log.Say(result.IsUpToDate
            ? $"{name}: make has nothing to do."
            : $"{name}: make took {result.MakeTime.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s.");
    }

    private void NoteStep()
    {
        if (_reasons.Count > 0)
        {
            Log.Note(StepRun.Of(BuildStep.Kbuild, _reasons, _why));
        }
    }

    private void Keep(OutputList list, HashSet<string> outputs)
    {
        if (!Settings.OnlyAsks)
        {
            list.Replace(ModuleCategory, outputs);
        }
    }

    private KernelModuleResult Build(KernelModuleOptions options, HashSet<string> outputs, OutputList list, CancellationToken cancellation)
    {
        var before = KernelModuleFiles.FindAll(options.ModuleDirectory);
        try
        {
            return KernelModuleBuilder.Build(options, cancellation);
        }
        finally
        {
            // A compile that failed or was interrupted leaves files beside which no object tells whose they are.
            outputs.UnionWith(KernelModuleFiles.FindAll(options.ModuleDirectory).Except(before));
            Keep(list, outputs);
        }
    }
}
