namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>An error or warning of a build.</summary>
internal sealed record LogEntry(string Code, string File, int Line, int Column, string Message);
