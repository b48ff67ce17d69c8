using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files;

/// <summary>The one notion of whether a file has changed: what the file system says of it, and where it was read what it says itself.</summary>
/// <param name="Identity">What the file system says; the default for a file that is not there.</param>
/// <param name="Content">A digest of the content; null when it is not known, so that a file that was touched counts as changed.</param>
internal readonly record struct FileState(FileIdentity Identity, Digest128? Content = null)
{
    /// <summary>Looks at a file or directory, and reads a file.</summary>
    /// <param name="path">Absolute path.</param>
    public static FileState Of(string path)
    {
        FileIdentity.TryGet(path, out var identity);
        return new FileState(identity, ContentOf(path, identity));
    }

    /// <summary>What the file system says of a file that someone else writes, perhaps with the size and time that it had; null when there is none.</summary>
    /// <param name="path">Path; links are followed.</param>
    public static FileIdentity? LookAt(string path) =>
        FileIdentity.TryGetFile(path, out var identity) ? identity : null;

    /// <summary>The same of a file that we wrote, without what changes when a tree is copied or linked to elsewhere.</summary>
    /// <param name="path">Path; links are followed.</param>
    public static FileIdentity? LookAtOutput(string path) =>
        LookAt(path) is { } identity ? identity with { ChangedNanoseconds = 0, Inode = 0, Device = 0 } : null;

    /// <summary>A digest of a file's content.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="identity">The file's state; what has another one afterwards was changed meanwhile.</param>
    /// <returns>Null when it is no file, changes meanwhile or cannot be read.</returns>
    public static Digest128? ContentOf(string path, FileIdentity identity)
    {
        if (identity == default)
        {
            return null;
        }

        try
        {
            using var file = InputFile.OpenStream(path, FileRole.Hashed);
            var content = Digest128.Of(file);
            return FileIdentity.TryGet(path, out var after) && after == identity ? content : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a file is as it was, or says the same.</summary>
    /// <param name="path">Absolute path.</param>
    public bool IsCurrent(string path)
    {
        FileIdentity.TryGet(path, out var now);
        return now == Identity || IsSameContent(path, now);
    }

    /// <summary>Whether a file whose state is another says the same as it did.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="now">Its state now.</param>
    public bool IsSameContent(string path, FileIdentity now) =>
        Content is { } content && now.Length == Identity.Length && ContentOf(path, now) == content;
}
