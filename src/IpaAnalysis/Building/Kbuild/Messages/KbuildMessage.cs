using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Kbuild.Messages;

/// <summary>A message of a kernel module's build and what it is about.</summary>
/// <param name="Diagnostic">The message.</param>
/// <param name="Subject">Absolute path of the source, object or module concerned; null when it is about none.</param>
/// <param name="IsModpost">Whether modpost says it: it looks at all objects of the module directory at once.</param>
internal sealed record KbuildMessage(Diagnostic Diagnostic, string? Subject, bool IsModpost = false);
