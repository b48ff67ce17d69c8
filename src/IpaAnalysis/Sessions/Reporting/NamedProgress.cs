using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Sessions.Reporting;

/// <summary>Tells of the progress of one of several inputs by its name.</summary>
/// <param name="subject">The input as the user wrote it.</param>
/// <param name="inner">Who is told; null for nobody.</param>
internal sealed class NamedProgress(string subject, IProgress<WorkProgress>? inner) : IProgress<WorkProgress>
{
    /// <inheritdoc/>
    public void Report(WorkProgress value) => inner?.Report(value with { Subject = subject });
}
