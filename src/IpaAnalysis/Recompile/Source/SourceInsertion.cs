namespace IpaAnalysis.Recompile.Source;

/// <summary>A text to insert.</summary>
/// <param name="Offset">The byte offset in the original text before which it is put.</param>
/// <param name="Text">What is put there; blanks included where they are needed.</param>
internal sealed record SourceInsertion(int Offset, string Text);
