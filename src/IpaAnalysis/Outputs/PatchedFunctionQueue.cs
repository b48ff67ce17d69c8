using IpaAnalysis.Diagnostics;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Outputs;

/// <summary>Has patched functions put into words by several threads, and gives out the texts in the functions' order, few at a time.</summary>
internal sealed class PatchedFunctionQueue(AnalysisResult result, ManifestSettings settings)
{
    // Their text is mostly some hundred kilobytes long.
    private const int FunctionsAtOnce = 16;

    private readonly Stack<PatchedFunctionWriter> _idle = new();
    private readonly Queue<Task<PatchedFunctionWriter>> _busy = new();
    private int _next;

    private int Count => result.PatchedFunctions.Count;

    /// <summary>Gives out each text; between two of them belongs a comma.</summary>
    public void Run(Action<PatchedFunctionWriter> write)
    {
        var counter = new WorkCounter(settings.Progress, WorkPhase.WritingFunctions, Count);
        try
        {
            while (_next < Count || _busy.Count > 0)
            {
                // One more than threads, so that all have work while a text is written.
                while (_next < Count && _busy.Count <= settings.Threads)
                {
                    _busy.Enqueue(StartNext());
                }

                settings.Cancellation.ThrowIfCancellationRequested();
                var text = _busy.Dequeue().GetAwaiter().GetResult();
                write(text);
                counter.Add(text.Count);
                _idle.Push(text);
            }
        }
        finally
        {
            // Nothing is left running when the file cannot be written.
            ((Task)Task.WhenAll(_busy)).ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        }
    }

    private Task<PatchedFunctionWriter> StartNext()
    {
        var text = _idle.TryPop(out var idle) ? idle : new PatchedFunctionWriter(result);
        var (start, count) = (_next, Math.Min(FunctionsAtOnce, Count - _next));
        _next += count;
        if (settings.Threads > 1)
        {
            return Task.Run(Write);
        }

        return Task.FromResult(Write());

        PatchedFunctionWriter Write()
        {
            text.Write(start, count);
            return text;
        }
    }
}
