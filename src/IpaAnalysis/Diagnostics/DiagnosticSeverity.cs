namespace IpaAnalysis.Diagnostics;

/// <summary>How much a diagnostic weighs; the build fails on <see cref="Error"/>.</summary>
internal enum DiagnosticSeverity
{
    /// <summary>Worth a line in a detailed log; nothing is wrong.</summary>
    Info,

    /// <summary>The result may not be what the user expects; the build goes on.</summary>
    Warning,

    /// <summary>The result would be wrong or there is none; the build fails.</summary>
    Error,
}
