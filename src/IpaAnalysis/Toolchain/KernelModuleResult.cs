using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Toolchain;

/// <summary>What came of building a kernel module.</summary>
public sealed record KernelModuleResult
{
    /// <summary>Whether make ran and succeeded.</summary>
    public bool Succeeded { get; init; }

    /// <summary>Problems and messages; the same on a build that makes nothing new, apart from what kbuild itself repeats.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The kernel; null when it was not found.</summary>
    public KernelBuildDirectory? Kernel { get; init; }

    /// <summary>Wall time of make.</summary>
    public TimeSpan MakeTime { get; init; }

    /// <summary>The command and what it printed, line by line, for the detailed log.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>Dumps and call graphs that our flags left in the module directory, of which kbuild's <c>clean</c> removes only some; absolute, sorted ordinally.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];
}
