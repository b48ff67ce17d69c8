namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>A place of the assembly text that was not understood.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Message">What is there, as a clause for a message.</param>
internal sealed record AssemblyNote(int Line, string Message);
