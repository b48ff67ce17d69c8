using System.Security.Cryptography;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>A file or directory that a result depends on, as it was.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Identity">What the file system said; all zero when it was not there.</param>
/// <param name="Content">Hash of a file's content; empty for what is no file.</param>
internal sealed record ObservedFile(string Path, FileIdentity Identity, byte[] Content)
{
    /// <summary>Looks at a file.</summary>
    public static ObservedFile Of(string path)
    {
        var identity = IdentityOf(path);
        return new ObservedFile(path, identity, HashOf(path));
    }

    /// <summary>Whether the file is as it was, or says the same.</summary>
    public bool IsCurrent() =>
        IdentityOf(Path) == Identity || (Content.Length > 0 && HashOf(Path).AsSpan().SequenceEqual(Content));

    /// <summary>Writes it to a state file.</summary>
    public static void Write(BinaryWriter writer, ObservedFile file)
    {
        writer.Write(file.Path);
        writer.WriteIdentity(file.Identity);
        writer.Write((byte)file.Content.Length);
        writer.Write(file.Content);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ObservedFile Read(StateReader reader) => new(
        reader.ReadPath(),
        reader.ReadIdentity(),
        reader.ReadBytes(reader.ReadByte()));

    private static FileIdentity IdentityOf(string path) => FileIdentity.TryGet(path, out var identity) ? identity : default;

    private static byte[] HashOf(string path)
    {
        try
        {
            using var file = InputFile.OpenStream(path, FileRole.Hashed);
            return SHA256.HashData(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
