namespace IpaAnalysis.Files;

/// <summary>Writes outputs so that nobody ever sees half of one, and leaves equal ones untouched.</summary>
internal static class OutputFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>Whether a file has such a temporary name as <see cref="Write(string, Action{Stream})"/> gives, which a kill leaves behind.</summary>
    /// <param name="name">The file's name, without its directory.</param>
    public static bool IsTemporary(string name) =>
        name.Length > TemporarySuffix.Length && name[0] == '.' && name.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan()[1..^TemporarySuffix.Length], "N", out _);

    /// <summary>Writes a file under a temporary name and puts it in place only if its bytes are new.</summary>
    /// <param name="path">Absolute path; missing directories are made.</param>
    /// <param name="write">Writes the content.</param>
    /// <returns>Whether the file changed.</returns>
    public static bool Write(string path, Action<Stream> write)
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);

        // Not made from the file's own name, which may be as long as names can be.
        var temporary = Path.Combine(directory, $".{Guid.NewGuid():N}{TemporarySuffix}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
            }

            if (HasSameContent(path, temporary))
            {
                return false;
            }

            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (ArgumentOutOfRangeException e)
        {
            // .NET's word for EFBIG: a limit on the size of files.
            throw new IOException(e.Message, e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes bytes in the same way; nothing at all is written if the file holds them already.</summary>
    /// <returns>Whether the file changed.</returns>
    public static bool Write(string path, byte[] content) =>
        !Holds(path, content) && Write(path, stream => stream.Write(content, 0, content.Length));

    /// <summary>Deletes a file if it is there; one that cannot be deleted stays.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool Delete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a file holds these bytes already; one that cannot be read does not, and is to be replaced.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="content">The bytes.</param>
    public static bool Holds(string path, byte[] content)
    {
        var file = new FileInfo(path);
        try
        {
            return file.Exists && file.Length == content.Length && InputFile.ReadAllBytes(path, FileRole.Output).AsSpan().SequenceEqual(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HasSameContent(string path, string other)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != new FileInfo(other).Length || !InputFile.IsRegular(path))
        {
            return false;
        }

        try
        {
            return HaveSameContent(path, other);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool HaveSameContent(string path, string other)
    {
        using var a = InputFile.OpenStream(path, FileRole.Output);
        using var b = InputFile.OpenStream(other, FileRole.Output);
        var (bufferA, bufferB) = (new byte[1 << 16], new byte[1 << 16]);
        int read;
        while ((read = a.ReadAtLeast(bufferA, bufferA.Length, throwOnEndOfStream: false)) > 0)
        {
            b.ReadAtLeast(bufferB, read, throwOnEndOfStream: false);
            if (!bufferA.AsSpan(0, read).SequenceEqual(bufferB.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }
}
