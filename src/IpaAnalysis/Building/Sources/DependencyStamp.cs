using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Sources;

/// <summary>A file that a compile read, as it was then.</summary>
/// <param name="Path">Absolute path, not normalised: <c>..</c> after a symbolic link means what it meant to the compiler.</param>
/// <param name="Stamp">Size and time.</param>
/// <param name="Hash">SHA-256 of the content in hexadecimal; empty when the file changed while it was compiled.</param>
internal sealed record DependencyStamp(string Path, FileStamp Stamp, string Hash);
