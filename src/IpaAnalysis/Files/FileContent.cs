using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files;

/// <summary>What a file says, for telling one that was only touched from one that was changed.</summary>
internal static class FileContent
{
    // Images of kernels and the like are not read for it: a touched one counts as changed.
    private const long MostBytes = 16 << 20;

    /// <summary>A digest of a file's content.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="identity">The file's state; what has another one afterwards was changed meanwhile.</param>
    /// <returns>Null when it is no file, is too large, changes or cannot be read.</returns>
    public static Digest128? Of(string path, FileIdentity identity)
    {
        if (identity == default || identity.Length > MostBytes)
        {
            return null;
        }

        // What has a size is no pipe, device or socket, which must not be opened.
        if (identity.Length == 0)
        {
            return File.Exists(path) ? Digest128.Of([]) : null;
        }

        try
        {
            var content = new byte[identity.Length];
            using (var file = File.OpenHandle(path))
            {
                var read = 0;
                for (int count; read < content.Length && (count = RandomAccess.Read(file, content.AsSpan(read), read)) > 0; read += count)
                {
                }

                if (read < content.Length)
                {
                    return null;
                }
            }

            return FileIdentity.TryGet(path, out var after) && after == identity ? Digest128.Of(content) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
