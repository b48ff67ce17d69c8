namespace IpaAnalysis.CommandLines.Options;

/// <summary>How a word of a command line is read, before its arguments.</summary>
/// <param name="Option">The option as spelt, aliases not followed; null for an option that is not known.</param>
/// <param name="IsNegated">Whether it is negated.</param>
/// <param name="TakesNext">Whether the next word holds the rest of the option's name (<c>--machine X</c>, <c>--std X</c>, <c>--param X</c>).</param>
/// <param name="ValueStart">Where in that word a joined argument begins.</param>
internal sealed record OptionSpelling(GccOption? Option, bool IsNegated, bool TakesNext, int ValueStart);
