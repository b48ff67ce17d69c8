namespace IpaAnalysis.Faults.Options;

/// <summary>An option as GCC lists it.</summary>
/// <param name="Name">The name with its dashes, and with <c>=</c> if a value is joined behind one.</param>
/// <param name="TakesNext">Whether its argument can be the next word.</param>
/// <param name="TakesJoined">Whether its argument can follow in the same word.</param>
/// <param name="Values">Values that are named in the list.</param>
internal sealed record OptionRow(string Name, bool TakesNext, bool TakesJoined, IReadOnlyList<string> Values);
