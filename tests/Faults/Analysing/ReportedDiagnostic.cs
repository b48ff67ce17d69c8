namespace IpaAnalysis.Faults.Analysing;

/// <summary>Something that the analysis told.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Message">Its text.</param>
internal sealed record ReportedDiagnostic(string Code, string Message);
