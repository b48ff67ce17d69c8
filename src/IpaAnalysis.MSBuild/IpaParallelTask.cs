using IpaAnalysis.Sessions.Requests;

namespace IpaAnalysis.MSBuild;

/// <summary>A task that does several things at once.</summary>
public abstract class IpaParallelTask : IpaLockedTask
{
    /// <summary>How many threads may read and commands run at once.</summary>
    public int Jobs { get; set; } = 1;

    private protected override SessionSettings Settings => base.Settings with { Jobs = Math.Max(1, Jobs) };
}
