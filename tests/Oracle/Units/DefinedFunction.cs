namespace IpaAnalysis.Oracle.Units;

/// <summary>A function that a translation unit defines.</summary>
internal sealed record DefinedFunction(string Name, bool IsStatic, string File);
