using System.Collections.Immutable;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>A list of words that commands share.</summary>
/// <param name="name">A hash of its content.</param>
/// <param name="words">The words.</param>
internal sealed class WordList(string name, ImmutableArray<string> words)
{
    public string Name { get; } = name;

    public ImmutableArray<string> Words { get; } = words;

    /// <summary>Whether it was added or asked for.</summary>
    public bool IsUsed { get; set; }
}
