using System.Text;

namespace IpaAnalysis.Summaries.Names;

/// <summary>The names of one object, each once, as valid UTF-8; a name is its index.</summary>
internal sealed class NamePool
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    internal NamePool(byte[] bytes, int[] ends)
    {
        _bytes = bytes;
        _ends = ends;
    }

    /// <summary>The number of names.</summary>
    public int Count => _ends.Length;

    /// <summary>The bytes of all names, one after the other.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The bytes of a name.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var start = id == 0 ? 0 : _ends[id - 1];
            return _bytes.AsSpan(start, _ends[id] - start);
        }
    }

    /// <summary>A name as text.</summary>
    public string GetString(int id) => Encoding.UTF8.GetString(this[id]);
}
