namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Runs a bounded number of compiles at once.</summary>
internal sealed class CompilePool(int jobs, CancellationToken cancellation) : IDisposable
{
    private readonly SemaphoreSlim _free = new(Math.Max(1, jobs));

    public CancellationToken Cancellation => cancellation;

    public async Task<T> Run<T>(Func<T> work)
    {
        await _free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
