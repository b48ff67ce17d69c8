using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Sources;

/// <summary>A file that a compile made.</summary>
/// <param name="Name">Path relative to the output directory.</param>
/// <param name="Identity">Size and time right after the compile; see <see cref="FileState.LookAtOutput"/>.</param>
internal sealed record OutputStamp(string Name, FileIdentity Identity);
