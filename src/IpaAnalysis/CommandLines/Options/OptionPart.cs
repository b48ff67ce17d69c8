namespace IpaAnalysis.CommandLines.Options;

/// <summary>A word that the driver hands on to the preprocessor or the assembler.</summary>
/// <param name="Text">The word.</param>
/// <param name="Index">The index of the argument's first word that it came in.</param>
internal readonly record struct OptionPart(string Text, int Index);
