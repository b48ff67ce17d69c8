using System.Collections.Immutable;

namespace IpaAnalysis.Collection.Units;

/// <summary>Where to look for units. Paths are absolute.</summary>
internal sealed record TreeOptions
{
    /// <summary>The tree: an output directory, a module's directory, an unpacked archive of dumps.</summary>
    public required string Directory { get; init; }

    /// <summary>Prefix of the objects' names; null or empty for none.</summary>
    public string? TreeName { get; init; }

    /// <summary>Where the tree's sources are; null when unknown, and then nothing is called out of date.</summary>
    public string? SourceDirectory { get; init; }

    /// <summary>What source paths are written relative to, after the tree and its <see cref="SourceDirectory"/>: kernel build directory, kernel source directory, <c>IpaSourceRoot</c>.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];

    /// <summary>Where commands ran that do not tell: for an external module the kernel build directory, for a kernel the tree itself.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Where commands ran of which nothing else tells it, as the user says; null when nobody does.</summary>
    public string? StatedWorkingDirectory { get; init; }

    /// <summary>The compile commands; null for <c>compile_commands.json</c> in the tree, if it is there.</summary>
    public string? CompileCommandsFile { get; init; }

    /// <summary>Whether what recorded commands name (compilers by path, plugins, spec files) may be run to learn what it does.</summary>
    public bool TrustsCommands { get; init; }

    /// <summary>How many threads read; 0 for one per processor.</summary>
    public int Threads { get; init; }

    internal ParallelOptions Parallel(CancellationToken cancellation) =>
        new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Threads > 0 ? Threads : Environment.ProcessorCount };
}
