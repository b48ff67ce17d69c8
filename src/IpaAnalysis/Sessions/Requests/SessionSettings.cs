using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Sessions.Requests;

/// <summary>What every session of a build is told.</summary>
internal sealed record SessionSettings
{
    /// <summary>Absolute path of the project file, which is named where no other file is concerned.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>The project's directory, absolute.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>Absolute path of the list of what the package wrote; all that is kept between builds lies beside it.</summary>
    public required string OutputList { get; init; }

    /// <summary>The environment of the build.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether the build only asks if there is work (<c>-question</c>): then nothing is run and nothing is written.</summary>
    public bool OnlyAsks { get; init; }

    /// <summary>How many threads may read and compilers run at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether every file is read, whatever its time stamps say.</summary>
    public bool FullHash { get; init; }

    /// <summary>Is told how far long work is.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }
}
