namespace IpaAnalysis.Diagnostics;

/// <summary>Something to tell the user, as data: who prints it, and how, is decided elsewhere.</summary>
/// <param name="Descriptor">The row of the code table.</param>
/// <param name="Message">Cause and remedy. Holds no absolute path, so that it is the same in every directory.</param>
/// <param name="File">The file concerned, as a path that can be opened; null when there is none.</param>
/// <param name="Line">1-based line in <paramref name="File"/>, 0 when unknown.</param>
/// <param name="Column">1-based column, 0 when unknown.</param>
internal sealed record Diagnostic(
    DiagnosticDescriptor Descriptor,
    string Message,
    string? File = null,
    int Line = 0,
    int Column = 0)
{
    /// <summary>The code, such as <c>IPA3001</c>.</summary>
    public string Code => Descriptor.Code;

    /// <summary>The code's severity, unless the user sets another for this kind of finding.</summary>
    public DiagnosticSeverity Severity { get; init; } = Descriptor.Severity;
}
