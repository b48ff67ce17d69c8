using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Builds kernel source trees through kbuild, which decides what is up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaBuildKernelTrees : IpaKbuildTask
{
    /// <summary>The trees; metadata <c>OutputDir</c>, <c>MakeTargets</c>, <c>MakeArguments</c>, <c>TreeName</c>.</summary>
    public ITaskItem[] Trees { get; set; } = [];

    /// <summary>The trees that are built.</summary>
    [Output]
    public ITaskItem[] BuiltTrees { get; private set; } = [];

    private protected override IReadOnlyList<string> LockedDirectories => [.. Trees.Select(t => KernelTreeItem.ObjectDirectory(t, Absolute))];

    private protected override void RunSession(SessionLog log, DiagnosticBag diagnostics)
    {
        var trees = Trees.Select(t => (t.ItemSpec, KernelTreeItem.Options(t, Settings, Make, Compiler, Absolute, Absolute(StateDirectory)))).ToList();
        var results = new KbuildSession(Settings, log).BuildTrees(trees, Cancellation);
        BuiltTrees = [.. Trees.Zip(results).Where(static b => b.Second.Succeeded).Select(static b => KernelTreeItem.Built(b.First, b.Second))];
    }
}
