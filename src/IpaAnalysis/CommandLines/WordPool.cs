using System.Collections.Concurrent;

namespace IpaAnalysis.CommandLines;

/// <summary>Keeps one copy of each word: a kernel repeats the same hundred flags in every command. Safe for several threads.</summary>
internal sealed class WordPool
{
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _words =
        new ConcurrentDictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public string Intern(ReadOnlySpan<char> word)
    {
        if (_words.TryGetValue(word, out var known))
        {
            return known;
        }

        var added = word.ToString();
        return _words.TryAdd(word, added) || !_words.TryGetValue(word, out known) ? added : known;
    }
}
