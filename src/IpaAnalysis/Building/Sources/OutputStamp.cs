using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Sources;

/// <summary>A file that a compile made.</summary>
/// <param name="Name">Path relative to the output directory.</param>
/// <param name="Stamp">Size and time right after the compile.</param>
internal sealed record OutputStamp(string Name, FileStamp Stamp);
