using IpaAnalysis.CommandLines;
namespace IpaAnalysis.Toolchain;

/// <summary>A source to compile.</summary>
/// <param name="Path">The path as the user wrote it, absolute or relative to the working directory.</param>
/// <param name="Flags">Flags of this source alone, split as <see cref="GccArguments.Split"/> does; they follow the common ones.</param>
public sealed record SourceToCompile(string Path, string? Flags = null);
