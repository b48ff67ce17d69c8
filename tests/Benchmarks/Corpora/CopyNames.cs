using System.Buffers;
using System.Globalization;
using System.Text;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>
/// How one copy of a corpus writes names and paths. Names keep their length, so that string tables of ELF files can be
/// changed in place; copy 0 keeps names and source paths as they are.
/// </summary>
internal sealed class CopyNames
{
    /// <summary>More would name two copies' functions alike: names are rotated through the alphabet.</summary>
    public const int MaximumCopies = 10;

    private readonly byte[] _rotation = new byte[256];
    private readonly byte[] _prefix;
    private readonly byte _digit;

    public CopyNames(int copy)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(copy, MaximumCopies);
        Copy = copy;
        _digit = (byte)('0' + copy);
        Directory = string.Create(CultureInfo.InvariantCulture, $"copy{copy}/");
        _prefix = Encoding.ASCII.GetBytes(Directory);
        for (var i = 0; i < _rotation.Length; i++)
        {
            _rotation[i] = (byte)i switch
            {
                >= (byte)'a' and <= (byte)'z' => (byte)('a' + ((i - 'a' + copy) % 26)),
                >= (byte)'A' and <= (byte)'Z' => (byte)('A' + ((i - 'A' + copy) % 26)),
                _ => (byte)i,
            };
        }
    }

    /// <summary>The number of the copy.</summary>
    public int Copy { get; }

    /// <summary>The directory of the copy, with a slash.</summary>
    public string Directory { get; }

    /// <summary>Renames a symbol in place. What follows its first point is the compiler's (<c>.constprop.0</c>) and stays.</summary>
    public void RenameSymbol(Span<byte> symbol)
    {
        var end = symbol.IndexOf((byte)'.');
        foreach (ref var letter in end < 0 ? symbol : symbol[..end])
        {
            letter = _rotation[letter];
        }
    }

    /// <summary>Writes a symbol's new name.</summary>
    public void WriteSymbol(ReadOnlySpan<byte> symbol, IBufferWriter<byte> output)
    {
        var target = output.GetSpan(symbol.Length)[..symbol.Length];
        symbol.CopyTo(target);

        // The compiler's own word for a call through a pointer.
        if (!symbol.SequenceEqual("__indirect_call"u8))
        {
            RenameSymbol(target);
        }

        output.Advance(symbol.Length);
    }

    /// <summary>
    /// Writes a text that starts with a source's path: an absolute one below another first directory, so that no
    /// function is in ten copies of one source; one relative to the tree below the copy's directory.
    /// </summary>
    public void WritePath(ReadOnlySpan<byte> path, IBufferWriter<byte> output)
    {
        if (path.IsEmpty || path[0] is (byte)'<' or (byte)'.')
        {
            output.Write(path);
        }
        else if (path[0] != '/')
        {
            output.Write(_prefix);
            output.Write(path);
        }
        else if (Copy == 0 || path.Length < 2)
        {
            output.Write(path);
        }
        else
        {
            output.Write([(byte)'/', _digit]);
            output.Write(path[2..]);
        }
    }
}
