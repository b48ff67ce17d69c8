using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Removes what the package made, and has kbuild remove what it made.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCleanOutputs : IpaLockedTask
{
    /// <summary>The modules' directories.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>make: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Make { get; set; } = "";

    /// <summary>The compiler, only if the user chose one.</summary>
    public string Compiler { get; set; } = "";

    private protected override LockUse Use => LockUse.Alone;

    private protected override IReadOnlyList<string> LockedDirectories => [.. Modules.Select(m => Absolute(m.ItemSpec))];

    private protected override void RunSession(SessionLog log, DiagnosticBag diagnostics) => new CleanSession(Settings, log).Run(
        [.. Modules.Select(m => KernelModuleItem.Options(m, Settings, Make, Compiler, Path.Combine(Path.GetDirectoryName(LockPath)!, "modules")))],
        LockPath,
        Cancellation);
}
