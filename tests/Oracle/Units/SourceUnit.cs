using System.Collections.Immutable;

namespace IpaAnalysis.Oracle.Units;

/// <summary>A C source and the command that compiles it.</summary>
/// <param name="CodeBase">What it belongs to, as the table names it.</param>
/// <param name="Name">Its name in the code base.</param>
/// <param name="Directory">The absolute directory the compiler runs in.</param>
/// <param name="Compiler">The compiler as the command names it.</param>
/// <param name="Flags">The command's other words, without input, output and what asks for dependency files.</param>
/// <param name="Source">The source as the command names it.</param>
internal sealed record SourceUnit(
    string CodeBase, string Name, string Directory, string Compiler, ImmutableArray<string> Flags, string Source);
