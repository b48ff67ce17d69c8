using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>What is built through kbuild and how make is run for it.</summary>
internal abstract record KbuildOptions
{
    /// <summary>Absolute directory that relative paths in the other options start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Arguments for make, split as <see cref="GccArguments.Split"/> does.</summary>
    public string? MakeArguments { get; init; }

    /// <summary>make as the user named it: looked up in <c>PATH</c>, or a path.</summary>
    public string Make { get; init; } = "make";

    /// <summary>How many commands make may run at once; at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The compiler, only if the user set one: kbuild's own choice stands otherwise.</summary>
    public string? Compiler { get; init; }

    /// <summary>The whole environment of make.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Absolute path of the file that remembers messages of objects that make does not rebuild; <c>clean</c> leaves it alone.</summary>
    public required string StateFile { get; init; }

    /// <summary>Whether only to tell if there is work: then make is not started, and work that is to be done is an error.</summary>
    public bool OnlyAsks { get; init; }

    /// <summary>Is told how many objects make compiled; never how many there will be, which make itself does not know.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Absolute path of the file that remembers what the last run of make depended on.</summary>
    public string RecordFile => Path.ChangeExtension(StateFile, ".made.state");

    /// <summary>Absolute directory that the user named: the place of messages that are about no file.</summary>
    internal abstract string Place { get; }

    /// <summary>
    /// The environment as a shell would have it after <c>cd</c> to <see cref="Place"/>: make itself does not set <c>PWD</c>, and makefiles of
    /// modules say <c>-I$(PWD)/include</c>.
    /// </summary>
    internal IReadOnlyDictionary<string, string> EnvironmentInPlace =>
        new Dictionary<string, string>(Environment, StringComparer.Ordinal) { ["PWD"] = Place };
}
