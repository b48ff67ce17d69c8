using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Finds the units of all inputs and the files that tell about each, and keeps the list for the next tasks.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCollectUnits : IpaReadingTask
{
    /// <summary>What <see cref="IpaCompileSources"/> compiled.</summary>
    public ITaskItem[] CompiledSources { get; set; } = [];

    /// <summary>What <see cref="IpaBuildKernelModules"/> built.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>What <see cref="IpaBuildKernelTrees"/> built.</summary>
    public ITaskItem[] KernelTrees { get; set; } = [];

    /// <summary>Directories that something else compiled, or archives of them; metadata <c>SourceDir</c>, <c>WorkingDirectory</c>, <c>TreeName</c>, <c>TrustCommands</c>.</summary>
    public ITaskItem[] ObjectTrees { get; set; } = [];

    /// <summary>The last root that source paths may be relative to.</summary>
    [Required]
    public string SourceRoot { get; set; } = "";

    /// <summary>A <c>compile_commands.json</c> for all trees; empty for the one in each tree, if it is there.</summary>
    public string CompileCommands { get; set; } = "";

    /// <summary>Changes whenever a unit or a file of one does; empty when a change might not show.</summary>
    [Output]
    public string UnitsKey { get; private set; } = "";

    private protected override LockUse Use => LockUse.Continues;

    private protected override void Read(SessionLog log, DiagnosticBag diagnostics)
    {
        var request = new CollectRequest
        {
            SourceRoot = Absolute(SourceRoot),
            Compiled = [.. CompiledSources.Select(CompiledSourceItem.Read)],
            Built =
            [
                .. Modules.Select(m => (m.ItemSpec, KernelModuleItem.Collected(m, Absolute, Absolute(SourceRoot)))),
                .. KernelTrees.Select(t => (t.ItemSpec, KernelTreeItem.Collected(t, Absolute, Absolute(SourceRoot)))),
            ],
            ObjectTrees = [.. ObjectTrees.Select(t => ObjectTreeItem.Read(t, Absolute, AbsoluteOrNull(CompileCommands), diagnostics))],
        };
        if (diagnostics.HasErrors)
        {
            return;
        }

        var outcome = new CollectSession(Settings, log).Run(request, Cancellation);
        UnitsKey = outcome.UnitsKey;
        if (outcome.Memory is { } memory)
        {
            Share(NameOfMemory(UnitsKey), memory);
        }
    }
}
