using IpaAnalysis.MSBuild.Locks;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What the tasks that build through kbuild have in common.</summary>
public abstract class IpaKbuildTask : IpaParallelTask
{
    /// <summary>make: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Make { get; set; } = "";

    /// <summary>The compiler, only if the user chose one; else kbuild's own.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>Where compilers' messages are kept for builds in which make has nothing to compile.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    private protected override LockUse Use => LockUse.Continues;
}
