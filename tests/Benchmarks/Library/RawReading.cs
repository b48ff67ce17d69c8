namespace IpaAnalysis.Benchmarks.Library;

/// <summary>Reads files and does nothing with the bytes: what no reader can be faster than.</summary>
internal static class RawReading
{
    private const int BufferSize = 1 << 20;

    /// <summary>Reads every file once.</summary>
    /// <returns>How many bytes were read.</returns>
    public static long ReadAll(IReadOnlyList<string> files, int threads)
    {
        var total = 0L;
        Parallel.For(
            0,
            files.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            static () => (Buffer: new byte[BufferSize], Sum: 0L),
            (i, _, state) =>
            {
                using var handle = File.OpenHandle(files[i]);
                var offset = 0L;
                int read;
                while ((read = RandomAccess.Read(handle, state.Buffer, offset)) > 0)
                {
                    offset += read;
                }

                return (state.Buffer, state.Sum + offset);
            },
            state => Interlocked.Add(ref total, state.Sum));
        return total;
    }
}
