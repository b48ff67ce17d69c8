using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Building.Sources;

/// <summary>A source to compile.</summary>
/// <param name="Path">The path as the user wrote it, absolute or relative to the working directory.</param>
/// <param name="Flags">Flags of this source alone, split as <see cref="GccArguments.Split"/> does; they follow the common ones.</param>
/// <param name="ObjectName">The object's identity, <c>/</c>-separated and relative; null for the source's path with the extension <c>.o</c>.</param>
internal sealed record SourceToCompile(string Path, string? Flags = null, string? ObjectName = null);
