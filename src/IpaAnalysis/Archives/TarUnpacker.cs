using System.Formats.Tar;

namespace IpaAnalysis.Archives;

/// <summary>Unpacks tar archives: ustar, pax and GNU's.</summary>
internal static class TarUnpacker
{
    private const int Block = 1 << 16;

    /// <summary>Unpacks an archive.</summary>
    /// <param name="archive">The archive, decompressed.</param>
    /// <param name="sink">Takes the entries.</param>
    /// <exception cref="ArchiveException">The archive cannot be used.</exception>
    public static void Unpack(BoundedStream archive, EntrySink sink)
    {
        using var reader = new TarReader(archive, leaveOpen: true);
        while (Next(reader, archive) is { } entry)
        {
            sink.Begin();
            Add(entry, sink);
        }

        // Without it the archive may have been cut off between two entries.
        if (!archive.EndsInZeroBlock)
        {
            throw new ArchiveException("it ends before its end mark");
        }

        // The rest is padding; reading it has the decompressor compare its checksum.
        var rest = new byte[Block];
        while (archive.Read(rest) is > 0 and var read)
        {
            if (rest.AsSpan(0, read).ContainsAnyExcept((byte)0))
            {
                throw new ArchiveException("something follows its end mark");
            }
        }
    }

    private static TarEntry? Next(TarReader reader, BoundedStream archive)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception e) when (archive.SparseName is { } sparse && e is not (ArchiveException or OperationCanceledException))
        {
            throw new ArchiveException($"'{sparse}' in it is a sparse file in GNU tar's own form", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new InvalidDataException("A header is damaged.", e);
        }
    }

    private static void Add(TarEntry entry, EntrySink sink)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.GlobalExtendedAttributes:
                break;
            case TarEntryType.Directory:
                sink.AddDirectory(entry.Name);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile when IsSparse(entry):
            case TarEntryType.SparseFile:
                sink.Refuse(entry.Name, "it is a sparse file");
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                sink.AddFile(entry.Name, entry.DataStream, entry.ModificationTime);
                break;
            default:
                sink.Refuse(entry.Name, entry.EntryType switch
                {
                    TarEntryType.SymbolicLink => "it is a symbolic link",
                    TarEntryType.HardLink => "it is a hard link",
                    TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "it is a device",
                    TarEntryType.Fifo => "it is a FIFO",
                    _ => "it is neither a file nor a directory",
                });
                break;
        }
    }

    /// <summary>Since version 1.14 GNU tar writes sparse files as plain ones with attributes, whose content is a map and what is between the holes.</summary>
    private static bool IsSparse(TarEntry entry) =>
        entry is PaxTarEntry pax && pax.ExtendedAttributes.Keys.Any(static k => k.StartsWith("GNU.sparse.", StringComparison.Ordinal));
}
