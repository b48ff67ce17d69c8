namespace IpaAnalysis.CommandLines.Options;

/// <summary>One argument of a command: an input, or an option with its value.</summary>
internal readonly record struct OptionArgument
{
    /// <summary>What it is.</summary>
    public required ArgumentKind Kind { get; init; }

    /// <summary>The index of its first word.</summary>
    public required int Index { get; init; }

    /// <summary>How many words it has.</summary>
    public required int Count { get; init; }

    /// <summary>The option, aliases followed; null for what is none.</summary>
    public GccOption? Option { get; init; }

    /// <summary>Whether it is negated, aliases followed.</summary>
    public bool IsNegated { get; init; }

    /// <summary>Whether a value is needed and the command ends before it.</summary>
    public bool LacksValue { get; init; }

    /// <summary>The index of the word that holds the value; -1 when the command holds none.</summary>
    public int ValueIndex { get; init; }

    /// <summary>Where in that word the value begins.</summary>
    public int ValueStart { get; init; }

    /// <summary>The value that the spelling itself gives (<c>-fstack-check</c> is <c>-fstack-check=specific</c>); null when it gives none.</summary>
    public string? GivenValue { get; init; }

    /// <summary>The option's canonical name; empty for what is no known option.</summary>
    public string Name => Option?.Name ?? "";

    /// <summary>What it does; <see cref="OptionEffect.Unknown"/> for what is no known option.</summary>
    public OptionEffect Effect => Option?.Effect ?? OptionEffect.Unknown;

    /// <summary>The value; empty when there is none.</summary>
    /// <param name="words">The words that were read.</param>
    public ReadOnlySpan<char> Value(ReadOnlySpan<string> words) => GivenValue ?? (ValueIndex >= 0 ? words[ValueIndex].AsSpan(ValueStart) : default);

    /// <summary>Whether GCC reads further arguments from a file that one of its words names.</summary>
    /// <remarks>
    /// The driver replaces a word <c>@FILE</c> wherever it stands. Values it may hand on apart from their option (<c>-D@FILE</c>,
    /// <c>--sysroot=@FILE</c>) to the compiler and the assembler, which then read the file.
    /// </remarks>
    /// <param name="words">The words that were read.</param>
    public bool ReadsMoreArguments(ReadOnlySpan<string> words)
    {
        foreach (var word in words.Slice(Index, Count))
        {
            if (word.StartsWith('@'))
            {
                return true;
            }
        }

        return Option is not null && Value(words) is ['@', ..];
    }
}
