using System.Runtime.ExceptionServices;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Sources;

/// <summary>Runs compilers side by side.</summary>
internal static class CompileJobs
{
    /// <summary>Runs the jobs, at most so many at once, on threads of their own: they only wait.</summary>
    /// <returns>Whether all were run; false when the run was cancelled.</returns>
    public static bool Run(IReadOnlyList<CompileJob> jobs, int limit, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var next = -1;
        var counter = new WorkCounter(progress, WorkPhase.CompilingSources, jobs.Count);
        ExceptionDispatchInfo? failure = null;
        var threads = new Thread[Math.Min(Math.Max(1, limit), jobs.Count)];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = "IpaAnalysis compile" };
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        failure?.Throw();
        return !cancellation.IsCancellationRequested;

        void Work()
        {
            try
            {
                for (int index; !cancellation.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < jobs.Count;)
                {
                    jobs[index].Run(cancellation);
                    counter.Add(1);
                }
            }
            catch (OperationCanceledException)
            {
                // The caller keeps what is done and then says that it was cancelled.
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }
    }
}
