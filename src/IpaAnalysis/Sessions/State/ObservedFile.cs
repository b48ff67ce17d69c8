using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>A file or directory that a result depends on, as it was.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="State">What it was.</param>
internal sealed record ObservedFile(string Path, FileState State)
{
    /// <summary>Looks at a file.</summary>
    public static ObservedFile Of(string path) => new(path, FileState.Of(path));

    /// <summary>Whether the file is as it was, or says the same.</summary>
    public bool IsCurrent() => State.IsCurrent(Path);

    /// <summary>Writes it to a state file.</summary>
    public static void Write(BinaryWriter writer, ObservedFile file)
    {
        writer.Write(file.Path);
        writer.WriteState(file.State);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ObservedFile Read(StateReader reader) => new(reader.ReadPath(), reader.ReadState());
}
