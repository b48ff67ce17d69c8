namespace IpaAnalysis.Summaries.Store;

/// <summary>A store's index that is read while its user is still occupied with other things.</summary>
internal sealed class StoreReading : IDisposable
{
    private readonly Task<StoredUnit[]> _units;
    private bool _isTaken;

    private StoreReading(Task<StoredUnit[]> units) => _units = units;

    /// <summary>Begins to read.</summary>
    /// <param name="indexFile">Absolute path of <see cref="SummaryStoreOptions.IndexFile"/>.</param>
    public static StoreReading Begin(string indexFile) => new(Task.Run(() => StoreIndex.Read(indexFile)));

    /// <summary>Closes the store's files if nobody took them.</summary>
    public void Dispose()
    {
        if (!_isTaken && ((IAsyncResult)_units).AsyncWaitHandle.WaitOne() && _units.IsCompletedSuccessfully)
        {
            foreach (var file in StoreUpdate.FilesOf(_units.Result))
            {
                file.Dispose();
            }
        }
    }

    /// <summary>What was read; its files are the caller's to close.</summary>
    internal StoredUnit[] Take()
    {
        var units = _units.GetAwaiter().GetResult();
        _isTaken = true;
        return units;
    }
}
