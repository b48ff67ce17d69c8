using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Compilers;

/// <summary>What looking up a program gave, so that a later build can tell that it would give the same.</summary>
/// <param name="Name">A name that was looked up in <c>PATH</c>, or a path.</param>
/// <param name="Path">The absolute path that was found; null when there was nothing.</param>
/// <param name="Length">Size of the program in bytes, links followed; 0 when there was nothing.</param>
/// <param name="Modified">Time of its last modification in units of 100 ns, UTC; 0 when there was nothing.</param>
internal sealed record ProgramStamp(string Name, string? Path, long Length, long Modified)
{
    /// <summary>Looks up a program.</summary>
    /// <param name="name">A name to look up in <c>PATH</c>, or a path.</param>
    /// <param name="environment">The environment whose <c>PATH</c> counts.</param>
    /// <param name="baseDirectory">The absolute directory that relative paths start from.</param>
    public static ProgramStamp Of(string name, IReadOnlyDictionary<string, string> environment, string baseDirectory) =>
        ToolLocator.Find(name, environment, baseDirectory) is { } path && FileStamp.Of(path) is { } stamp
            ? new ProgramStamp(name, path, stamp.Length, stamp.Modified)
            : new ProgramStamp(name, null, 0, 0);

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
        writer.Write(Length);
        writer.Write(Modified);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ProgramStamp Read(StateReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new ProgramStamp(reader.ReadPath(), reader.ReadPathText(), reader.ReadInt64(), reader.ReadInt64());
    }
}
