using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// The lists of words that commands share, each named by a hash of its content, so that the bytes of an answer do not
/// depend on the order in which commands were read. Safe for several threads.
/// </summary>
internal sealed class WordLists
{
    private readonly ConcurrentDictionary<UInt128, ImmutableArray<string>> _lists = new();
    private readonly ConcurrentDictionary<UInt128, bool> _used = new();

    /// <summary>The name of a list, which is kept.</summary>
    public UInt128 Add(ImmutableArray<string> words)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\0', words));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        var name = MemoryMarshal.Read<UInt128>(digest) ^ (uint)words.Length;
        _lists.TryAdd(name, words);
        _used[name] = true;
        return name;
    }

    /// <summary>The list of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public ImmutableArray<string> this[UInt128 name]
    {
        get
        {
            _used[name] = true;
            return _lists.TryGetValue(name, out var words) ? words : throw new FormatException("A list of words is missing.");
        }
    }

    /// <summary>Keeps a list under the name it had.</summary>
    public void Restore(UInt128 name, ImmutableArray<string> words) => _lists[name] = words;

    /// <summary>The lists that were asked for or added, in the order of their names.</summary>
    public IReadOnlyCollection<KeyValuePair<UInt128, ImmutableArray<string>>> Used =>
        [.. _lists.Where(l => _used.ContainsKey(l.Key)).OrderBy(static l => l.Key)];
}
