using System.Collections.Immutable;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Compiler and options as an object file itself records them. It is data: nothing here runs or expands it.</summary>
/// <remarks>
/// GCC records what it was given and what its driver adds for the target (<c>-mtune=generic</c>). The driver
/// sorts by kind (<c>-m</c>, <c>-g</c>, <c>-O</c>, <c>-f</c>) and keeps the order within a kind, which is what decides. It leaves out <c>-D</c>, <c>-U</c>, <c>-I</c>, <c>-W…</c>, <c>-M…</c>, <c>-i…</c>, <c>-o</c>, <c>-fdump-…</c>,
/// <c>-f…-prefix-map=</c>, file names, and the value of <c>-flto=</c> (GCC 11, opts.c, <c>gen_command_line_string</c>).
/// GCC 10 and older leave almost nothing out of <c>.GCC.command.line</c>: macros, include directories and the source file
/// are among the words, and so are options that only the compiler proper knows (<c>-imultiarch</c>, <c>-auxbase-strip</c>).
/// </remarks>
internal sealed record RecordedProducer
{
    /// <summary>Compiler and language, such as <c>GNU C17</c> or <c>GNU C++14</c>; empty where only switches were recorded (GCC 10 and older).</summary>
    public required string Language { get; init; }

    /// <summary>
    /// The version as written: <c>12.2.0</c>, or <c>12.2.1 20221121 (Red Hat 12.2.1-4)</c> for a snapshot. Empty where only
    /// switches were recorded; <see cref="ElfObject.Compilers"/> may then tell it.
    /// </summary>
    public required string Version { get; init; }

    /// <summary>The options, one word each, and the value of an option that takes it apart as a word of its own.</summary>
    public required ImmutableArray<string> Words { get; init; }

    /// <summary>Where they were found.</summary>
    public required ProducerOrigin Origin { get; init; }

    /// <summary>The version's first word, as <c>gcc -dumpfullversion</c> prints it.</summary>
    public string Release => Version.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var end ? Version[..end] : Version;

    /// <summary>Everything in one line, as GCC 11 and later record it.</summary>
    public string Text => string.Join(' ', Words.Prepend(Version).Prepend(Language).Where(static part => part.Length > 0));

    /// <inheritdoc/>
    public bool Equals(RecordedProducer? other) =>
        other is not null
        && Language == other.Language
        && Version == other.Version
        && Origin == other.Origin
        && Words.AsSpan().SequenceEqual(other.Words.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Language, StringComparer.Ordinal);
        hash.Add(Version, StringComparer.Ordinal);
        foreach (var word in Words)
        {
            hash.Add(word, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
