using IpaAnalysis.Files;

namespace IpaAnalysis.MSBuild;

/// <summary>A file or directory that a result depends on, as it was; all zero when it was not there.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Identity">What the file system said.</param>
internal sealed record ObservedFile(string Path, FileIdentity Identity)
{
    /// <summary>Looks at a file.</summary>
    public static ObservedFile Of(string path) => new(path, FileIdentity.TryGet(path, out var identity) ? identity : default);

    /// <summary>Whether the file is as it was.</summary>
    public bool IsCurrent => Of(Path) == this;

    /// <summary>Writes it to a state file.</summary>
    public static void Write(BinaryWriter writer, ObservedFile file)
    {
        writer.Write(file.Path);
        writer.Write(file.Identity.Length);
        writer.Write(file.Identity.ModifiedNanoseconds);
        writer.Write(file.Identity.ChangedNanoseconds);
        writer.Write(file.Identity.Inode);
        writer.Write(file.Identity.Device);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ObservedFile Read(BinaryReader reader) => new(
        reader.ReadString(),
        new FileIdentity(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64(), reader.ReadUInt64()));
}
