using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Compilers;

/// <summary>What looking up a program gave, so that a later build can tell that it would give the same.</summary>
/// <param name="Name">A name that was looked up in <c>PATH</c>, or a path.</param>
/// <param name="Path">The absolute path that was found; null when there was nothing.</param>
/// <param name="Identity">Size and time of the program, links followed; the default when there was nothing.</param>
internal sealed record ProgramStamp(string Name, string? Path, FileIdentity Identity)
{
    /// <summary>Looks up a program.</summary>
    /// <param name="name">A name to look up in <c>PATH</c>, or a path.</param>
    /// <param name="environment">The environment whose <c>PATH</c> counts.</param>
    /// <param name="baseDirectory">The absolute directory that relative paths start from.</param>
    public static ProgramStamp Of(string name, IReadOnlyDictionary<string, string> environment, string baseDirectory) =>
        ToolLocator.Find(name, environment, baseDirectory) is { } path && FileState.LookAtOutput(path) is { } identity
            ? new ProgramStamp(name, path, identity)
            : new ProgramStamp(name, null, default);

    /// <summary>Whether looking up each of the programs gives the same as it did.</summary>
    /// <param name="stamps">What was found.</param>
    /// <param name="environment">The environment whose <c>PATH</c> counts.</param>
    /// <param name="baseDirectory">The absolute directory that relative paths start from.</param>
    public static bool AreCurrent(IEnumerable<ProgramStamp> stamps, IReadOnlyDictionary<string, string> environment, string baseDirectory) =>
        stamps.All(stamp => Of(stamp.Name, environment, baseDirectory) == stamp);

    /// <summary>Writes it to a state file.</summary>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Name);
        writer.WriteText(Path);
        writer.WriteIdentity(Identity);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ProgramStamp Read(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new ProgramStamp(reader.ReadPath(), reader.ReadPathText(), reader.ReadIdentity());
    }
}
