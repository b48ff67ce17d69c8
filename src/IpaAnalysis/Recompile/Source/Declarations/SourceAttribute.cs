namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>One attribute of a declaration.</summary>
/// <param name="Name">Its name without the underscores around it.</param>
/// <param name="Text">Its argument if that is a string.</param>
internal readonly record struct SourceAttribute(string Name, string? Text);
