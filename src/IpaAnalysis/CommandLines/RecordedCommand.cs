using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>A command that a build system wrote down. It is data: nothing here runs or expands it.</summary>
internal record RecordedCommand
{
    /// <summary>What the command does.</summary>
    public CommandKind Kind { get; init; }

    /// <summary>The words of the command that produces the object, the compiler first; empty when there is no command.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>What stands before the compiler: assignments, <c>ccache</c>, <c>distcc</c>, wrapper scripts.</summary>
    public ImmutableArray<string> Wrapper { get; init; } = [];

    /// <summary>The compiler as written; empty when there is no command.</summary>
    public string Compiler => Words.IsEmpty ? "" : Words[0];

    /// <summary>The input as written; <c>-</c> is standard input; null when there is none.</summary>
    public string? Source { get; init; }

    /// <summary>The argument of <c>-o</c> as written; null when there is none.</summary>
    public string? Output { get; init; }

    /// <summary>The absolute directory the command ran in; null when the record does not tell.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether the command asks for clone dumps: <c>-fdump-ipa-clones</c> or <c>-fdump-ipa-all</c>.</summary>
    public bool DumpsClones { get; init; }

    /// <summary>FILE of <c>-fdump-ipa-clones=FILE</c> as written; null when GCC derives the name.</summary>
    public string? CloneDumpFile { get; init; }

    /// <summary>The argument of <c>-dumpdir</c>, a prefix rather than a directory since GCC 11.</summary>
    public string? DumpDirectory { get; init; }

    /// <summary>The argument of <c>-dumpbase</c>.</summary>
    public string? DumpBase { get; init; }

    /// <summary>Whether the command asks for a call graph: <c>-fcallgraph-info</c>.</summary>
    public bool CallGraphInfo { get; init; }

    /// <summary>Whether the object holds GCC's intermediate form: the last of <c>-flto</c> and <c>-fno-lto</c> decides.</summary>
    public bool IsLto { get; init; }

    /// <summary>Whether words are missing because they stand in a response file (<c>@FILE</c>), which is not read.</summary>
    public bool HasResponseFile { get; init; }

    /// <summary>Where the compiler looks for headers before its own directories, as written and in the order of the search.</summary>
    public ImmutableArray<string> IncludeDirectories
    {
        get => field.IsDefault ? IncludeOptions.Directories(Words) : field;
        init;
    }

    /// <summary>Reads a command that is known word by word.</summary>
    /// <param name="words">The compiler and its arguments.</param>
    /// <param name="workingDirectory">The absolute directory that it ran in; null when unknown.</param>
    public static RecordedCommand Of(ImmutableArray<string> words, string? workingDirectory)
    {
        var parser = default(CommandLineParser);
        return parser.Parse(words) with { WorkingDirectory = workingDirectory };
    }
}
