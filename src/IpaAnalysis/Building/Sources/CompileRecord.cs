using IpaAnalysis.Building.Sources.Headers;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Sources;

/// <summary>All that decides whether an object is up to date, and what the compiler said when it made it.</summary>
internal sealed record CompileRecord
{
    /// <summary>The object's identity.</summary>
    public required string Object { get; init; }

    /// <summary>Hash of directory, arguments and the variables that gcc looks at.</summary>
    public required string CommandHash { get; init; }

    /// <summary>Hash of the compiler's identity.</summary>
    public required string CompilerHash { get; init; }

    /// <summary>The files that the compiler read; the first is the source.</summary>
    public required IReadOnlyList<DependencyStamp> Dependencies { get; init; }

    /// <summary>Where headers were looked for in vain, and what else was looked at without being read.</summary>
    public required IReadOnlyList<HeaderLookup> Lookups { get; init; }

    /// <summary>The files that it made.</summary>
    public required IReadOnlyList<OutputStamp> Outputs { get; init; }

    /// <summary>What it said.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }
}
