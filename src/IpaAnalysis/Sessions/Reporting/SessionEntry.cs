using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Sessions.Reporting;

/// <summary>One thing that a session has to say: a diagnostic, or a line.</summary>
/// <param name="Diagnostic">The diagnostic; null for a line.</param>
/// <param name="Level">Who is to see the line.</param>
/// <param name="Text">The line; empty beside a diagnostic.</param>
internal readonly record struct SessionEntry(Diagnostic? Diagnostic, SessionLevel Level, string Text);
