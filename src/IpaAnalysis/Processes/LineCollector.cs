namespace IpaAnalysis.Processes;

/// <summary>Takes what a program prints, as much of it as was asked for, and counts the rest.</summary>
internal sealed class LineCollector(ToolRequest request)
{
    private readonly Lock _lock = new();
    private readonly Kept _output = new();
    private readonly Kept _errors = new();
    private readonly TaskCompletionSource _flooded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _length;
    private int _leftOut;
    private bool _closed;

    /// <summary>How many bytes came on both streams.</summary>
    public long Length => Interlocked.Read(ref _length);

    /// <summary>Completes when more came on one stream than the request's bounds allow.</summary>
    public Task Flooded => _flooded.Task;

    /// <summary>Reads one stream to its end.</summary>
    public void Read(Stream stream, bool isError)
    {
        var length = 0L;
        BoundedLineReader.ReadAll(
            stream,
            count =>
            {
                length += count;
                Interlocked.Add(ref _length, count);
                if (length > request.Bounds?.OutputBytes)
                {
                    _flooded.TrySetResult();
                }
            },
            line => Add(line, isError));
    }

    /// <summary>Ends the taking; what comes later is dropped.</summary>
    public ToolResult Close()
    {
        lock (_lock)
        {
            _closed = true;
            return new ToolResult { ExitCode = -1, Output = _output.Lines, Errors = _errors.Lines, LinesLeftOut = _leftOut };
        }
    }

    private void Add(string line, bool isError)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            if (request.OnLine is { } onLine)
            {
                onLine(line, isError);
                return;
            }

            var kept = isError ? _errors : _output;
            kept.Length += line.Length;
            if (kept.Lines.Count < request.MaxLines && kept.Length <= request.MaxCharacters)
            {
                kept.Lines.Add(line);
            }
            else
            {
                _leftOut++;
            }
        }
    }

    private sealed class Kept
    {
        public List<string> Lines { get; } = [];

        public long Length { get; set; }
    }
}
