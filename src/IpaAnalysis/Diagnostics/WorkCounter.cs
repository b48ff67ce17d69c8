namespace IpaAnalysis.Diagnostics;

/// <summary>Counts finished work of several threads and reports each step.</summary>
/// <param name="progress">Who is told; null for nobody.</param>
/// <param name="phase">What is done.</param>
/// <param name="total">How many there are; null where that is not known.</param>
internal sealed class WorkCounter(IProgress<WorkProgress>? progress, WorkPhase phase, int? total)
{
    private int _done;

    /// <summary>So many more are finished; none is no report.</summary>
    public void Add(int count)
    {
        if (count > 0 && progress is not null)
        {
            progress.Report(new WorkProgress(phase, Interlocked.Add(ref _done, count), total));
        }
    }
}
