using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Verdicts;

/// <summary>A diagnostic with its file in both forms.</summary>
/// <param name="Diagnostic">The diagnostic; its file can be opened.</param>
/// <param name="File">The file in the manifest's form; null when there is none.</param>
internal sealed record Finding(Diagnostic Diagnostic, string? File);
