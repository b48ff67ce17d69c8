using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Sources;

/// <summary>A file that a compile read, as it was then.</summary>
/// <param name="Path">Absolute path, not normalised: <c>..</c> after a symbolic link means what it meant to the compiler.</param>
/// <param name="State">What it was; without content when it changed while it was compiled.</param>
internal sealed record DependencyStamp(string Path, FileState State);
