using System.Buffers;

namespace IpaAnalysis.Outputs;

/// <summary>
/// Bytes in the making, in memory that is used again. They lie in chunks: what some functions of a kernel's headers affect is
/// megabytes long, and one array that grows to hold it would be copied again and again.
/// </summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    // Below what the runtime takes for large, and above the buffer of a file, which such a write passes by.
    private const int ChunkSize = 80_000;

    // A text of unusual length is not to hold its memory to the end.
    private const int MostChunksKept = 100;

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private readonly Stack<byte[]> _free = new();
    private byte[] _bytes = new byte[ChunkSize];
    private int _length;

    /// <summary>Copies what was written since <see cref="Clear"/>.</summary>
    public void CopyTo(Stream stream)
    {
        foreach (var (bytes, length) in _full)
        {
            stream.Write(bytes, 0, length);
        }

        stream.Write(_bytes, 0, _length);
    }

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public byte[] ToArray()
    {
        using var stream = new MemoryStream(_full.Sum(c => c.Length) + _length);
        CopyTo(stream);
        return stream.ToArray();
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        foreach (var (bytes, _) in _full)
        {
            if (bytes.Length == ChunkSize && _free.Count < MostChunksKept)
            {
                _free.Push(bytes);
            }
        }

        _full.Clear();
        _length = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Reserve(int length)
    {
        length = Math.Max(1, length);
        if (_bytes.Length - _length < length)
        {
            _full.Add((_bytes, _length));
            _bytes = length <= ChunkSize && _free.TryPop(out var free) ? free : new byte[Math.Max(length, ChunkSize)];
            _length = 0;
        }
    }
}
