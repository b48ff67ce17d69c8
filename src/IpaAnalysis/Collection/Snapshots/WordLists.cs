using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IpaAnalysis.Files;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// The lists of words that commands share, each named by a hash of its content, so that the bytes of an answer do not
/// depend on the order in which commands were read. Safe for several threads.
/// </summary>
internal sealed class WordLists
{
    // Of references only, which the framework has compiled ahead: every build reads these.
    private readonly ConcurrentDictionary<string, WordList> _lists = new(StringComparer.Ordinal);

    /// <summary>The names of files that lists of dependencies share.</summary>
    public NameTable Names { get; } = new();

    /// <summary>The name of a list, which is kept.</summary>
    public string Add(ImmutableArray<string> words)
    {
        var digest = Digest128.Of(Encoding.UTF8.GetBytes(string.Join('\0', words)));
        var name = string.Create(CultureInfo.InvariantCulture, $"{digest.High:x16}{digest.Low:x16}{words.Length:x}");
        _lists.GetOrAdd(name, static (n, w) => new WordList(n, w), words).IsUsed = true;
        return name;
    }

    /// <summary>The list of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public ImmutableArray<string> this[string name]
    {
        get
        {
            if (!_lists.TryGetValue(name, out var list))
            {
                throw new FormatException("A list of words is missing.");
            }

            list.IsUsed = true;
            return list.Words;
        }
    }

    /// <summary>Keeps a list under the name it had.</summary>
    public void Restore(string name, ImmutableArray<string> words) => _lists.TryAdd(name, new WordList(name, words));

    /// <summary>The lists that were asked for or added, in the order of their names.</summary>
    public IReadOnlyCollection<WordList> Used =>
        [.. _lists.Values.Where(static l => l.IsUsed).OrderBy(static l => l.Name, StringComparer.Ordinal)];
}
