using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Builds out-of-tree kernel modules through kbuild, which decides what is up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaBuildKernelModules : IpaKbuildTask
{
    /// <summary>The modules' directories; metadata <c>KernelBuildDir</c>, <c>MakeArguments</c>, <c>TreeName</c>.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>The modules that are built, with the kernel directories that were used.</summary>
    [Output]
    public ITaskItem[] BuiltModules { get; private set; } = [];

    private protected override IReadOnlyList<string> LockedDirectories => [.. Modules.Select(m => Absolute(m.ItemSpec))];

    private protected override IReadOnlyList<string> ReadDirectories => KernelModuleItem.KernelDirectories(Modules, Absolute);

    private protected override void RunSession(SessionLog log, DiagnosticBag diagnostics)
    {
        var modules = Modules.Select(m => (m.ItemSpec, KernelModuleItem.Options(m, Settings, Make, Compiler, Absolute(StateDirectory)))).ToList();
        var results = new KbuildSession(Settings, log).BuildModules(modules, Cancellation);
        BuiltModules = [.. Modules.Zip(results).Where(static b => b.Second.Succeeded).Select(static b => KernelModuleItem.Built(b.First, b.Second))];
    }
}
