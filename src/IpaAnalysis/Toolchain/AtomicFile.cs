namespace IpaAnalysis.Toolchain;

/// <summary>Writes files so that a reader sees the old content or the new one, never half.</summary>
internal static class AtomicFile
{
    /// <summary>Replaces a file's content, through a temporary name beside it.</summary>
    /// <exception cref="IOException">The directory or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or the file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes a file if it is there; one that cannot be deleted stays.</summary>
    public static bool Delete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
