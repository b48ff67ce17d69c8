namespace IpaAnalysis.Faults.Options;

/// <summary>One spelling of an option with its arguments, as words of a command. What stands in braces is filled in for each unit.</summary>
/// <param name="Words">The words.</param>
internal sealed record OptionWord(IReadOnlyList<string> Words)
{
    /// <summary>The words in a row.</summary>
    public string Text { get; } = string.Join(' ', Words);

    /// <summary>Fills in.</summary>
    /// <param name="values">What each name in braces stands for.</param>
    public IReadOnlyList<string> With(IReadOnlyDictionary<string, string> values) =>
        [.. Words.Select(w => values.Aggregate(w, (text, value) => text.Replace("{" + value.Key + "}", value.Value, StringComparison.Ordinal)))];

    /// <inheritdoc/>
    public bool Equals(OptionWord? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}
