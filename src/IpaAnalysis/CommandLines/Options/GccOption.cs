namespace IpaAnalysis.CommandLines.Options;

/// <summary>An option of GCC's own tables, or of the assembler's.</summary>
internal sealed class GccOption
{
    /// <summary>The name with its minus signs, and with the equals sign of an option that needs one.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its argument can stand in the same word.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Whether its argument can stand in the next word.</summary>
    public bool IsSeparate { get; init; }

    /// <summary>Whether a joined argument may be empty.</summary>
    public bool MayLackArgument { get; init; }

    /// <summary>How many words a separate argument takes.</summary>
    public int ArgumentCount { get; init; } = 1;

    /// <summary>Whether <c>-fno-</c>, <c>-mno-</c>, <c>-gno-</c> or <c>-Wno-</c> in front negates it.</summary>
    public bool HasNegative { get; init; }

    /// <summary>Whether the driver has it in its own list, which it looks through first.</summary>
    public bool IsOfDriver { get; init; }

    /// <summary>Whether C's compiler has it in its own list.</summary>
    public bool IsOfC { get; init; }

    /// <summary>Whether the driver takes it for an option that does not exist.</summary>
    public bool IsRefusedByDriver { get; init; }

    /// <summary>Whether it takes no separate argument in the driver (<c>-MD</c>).</summary>
    public bool StandsAloneInDriver { get; init; }

    /// <summary>Whether it only keeps other options from matching (<c>-gno-</c>).</summary>
    public bool IsBarrier { get; init; }

    /// <summary>What it is another spelling of; null when it is none.</summary>
    public GccOption? Target { get; internal set; }

    /// <summary>The value that an alias gives to its target; null when it passes its own on.</summary>
    public string? AliasValue { get; init; }

    /// <summary>The value that a negated alias gives; null when negation passes on.</summary>
    public string? NegatedAliasValue { get; init; }

    /// <summary>Whether an alias is the negative of its target.</summary>
    public bool AliasNegates { get; init; }

    /// <summary>The first major version that has it; 0: older than the oldest known.</summary>
    public int Since { get; init; }

    /// <summary>The last major version that has it; 0: the newest known has it.</summary>
    public int Until { get; init; }

    /// <summary>Where it is from: <c>driver</c>, <c>common</c>, <c>c</c>, <c>c++</c>, <c>lto</c>, <c>linux</c> or targets, behind commas.</summary>
    public required string Where { get; init; }

    /// <summary>What it does.</summary>
    public OptionEffect Effect { get; internal set; }

    /// <summary>Whether it can decide which passes run.</summary>
    public bool DecidesPasses { get; internal set; }

    /// <summary>The longest other option whose name begins this one's.</summary>
    public GccOption? Shorter { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
