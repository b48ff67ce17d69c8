using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Sources;

/// <summary>What to compile, with what, and where the results go.</summary>
internal sealed record SourceCompileOptions
{
    /// <summary>The compiler as the user named it: looked up in <c>PATH</c>, or a path.</summary>
    public required string Compiler { get; init; }

    /// <summary>Flags of every source, split as <see cref="GccArguments.Split"/> does.</summary>
    public string? CommonFlags { get; init; }

    /// <summary>The sources; messages come in their order.</summary>
    public required IReadOnlyList<SourceToCompile> Sources { get; init; }

    /// <summary>Absolute directory that the names of objects start from.</summary>
    public required string SourceRoot { get; init; }

    /// <summary>Absolute directory that gcc runs in; relative paths start from it.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Absolute directory that takes objects, dumps and the state; the compiler's alone.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>How many compilers may run at once; at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether only to tell if there is work: then no source is compiled, nothing written, and work that is to be done is an error.</summary>
    public bool OnlyAsks { get; init; }

    /// <summary>Is told how many sources were compiled.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>The whole environment of the compiler.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
