using System.IO.Compression;
using System.IO.Hashing;

namespace IpaAnalysis.Archives;

/// <summary>Unpacks zip archives.</summary>
internal static class ZipUnpacker
{
    // Unix's mode is in the upper half of the attributes (Info-ZIP).
    private const int ModeShift = 16;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int DirectoryType = 0x4000;
    private const int Link = 0xA000;

    /// <summary>Unpacks an archive.</summary>
    /// <param name="archive">The archive, which can be sought in.</param>
    /// <param name="sink">Takes the entries.</param>
    /// <param name="bound">The most bytes that all files may have together.</param>
    /// <param name="cancellation">Ends the work between two blocks.</param>
    /// <exception cref="ArchiveException">The archive cannot be used.</exception>
    public static void Unpack(Stream archive, EntrySink sink, long bound, CancellationToken cancellation)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            sink.Begin();
            var type = (entry.ExternalAttributes >> ModeShift) & TypeMask;
            if (entry.IsEncrypted)
            {
                sink.Refuse(entry.FullName, "it is encrypted");
            }
            else if (type is not (0 or Regular or DirectoryType))
            {
                sink.Refuse(entry.FullName, type == Link ? "it is a symbolic link" : "it is neither a file nor a directory");
            }
            else if (entry.FullName.EndsWith('/') || type == DirectoryType)
            {
                sink.AddDirectory(entry.FullName);
            }
            else
            {
                bound -= Add(entry, sink, bound, cancellation);
            }
        }
    }

    private static long Add(ZipArchiveEntry entry, EntrySink sink, long bound, CancellationToken cancellation)
    {
        using var content = new BoundedStream(entry.Open(), bound, cancellation);

        // The framework's reader does not compare it.
        var checksum = new Crc32();
        sink.AddFile(entry.FullName, content, entry.LastWriteTime, checksum);
        if (content.Position > 0 && (content.Position != entry.Length || checksum.GetCurrentHashAsUInt32() != entry.Crc32))
        {
            throw new ArchiveException($"'{entry.FullName}' in it is damaged");
        }

        return content.Position;
    }
}
