using System.IO.Hashing;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Archives;

/// <summary>Takes the entries of one archive: writes plain files and directories, and refuses everything else by name.</summary>
/// <param name="directory">Absolute path of a directory that is there and empty.</param>
/// <param name="archive">Absolute path of the archive, for messages.</param>
/// <param name="bounds">How much may come.</param>
internal sealed class EntrySink(string directory, string archive, ArchiveBounds bounds)
{
    private const int Block = 1 << 16;

    private readonly Dictionary<string, bool> _isFile = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _refused = [];
    private readonly byte[] _buffer = new byte[Block];
    private int _refusedCount;
    private int _entries;
    private long _bytes;

    /// <summary>The files that were written, relative and sorted.</summary>
    public IReadOnlyCollection<string> Files => [.. _isFile.Where(static e => e.Value).Select(static e => e.Key).Order(StringComparer.Ordinal)];

    /// <summary>What was refused: the first ones by name, then how many more.</summary>
    public IReadOnlyCollection<Diagnostic> Refused =>
        _refusedCount <= MostNamed ? [.. _refused] : [.. _refused, DiagnosticCatalog.ArchiveEntryRefused.At(archive, 0, $"{_refusedCount - MostNamed} more entries of '{Path.GetFileName(archive)}' are not unpacked.")];

    /// <summary>How many refused entries are named.</summary>
    public const int MostNamed = 20;

    /// <summary>Counts an entry.</summary>
    /// <exception cref="ArchiveException">There are too many.</exception>
    public void Begin()
    {
        if (++_entries > bounds.Entries)
        {
            throw new ArchiveException($"it has more than {bounds.Entries} entries");
        }
    }

    /// <summary>Refuses an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cause">Why, as the rest of a sentence.</param>
    public void Refuse(string name, string cause)
    {
        if (++_refusedCount <= MostNamed)
        {
            _refused.Add(DiagnosticCatalog.ArchiveEntryRefused.At(
                archive, 0, $"'{name.Replace('\0', '?')}' in '{Path.GetFileName(archive)}' is not unpacked: {cause}. Unpack the archive yourself and name the directory, or make it again without such entries."));
        }
    }

    /// <summary>Makes a directory.</summary>
    /// <param name="name">The entry's name.</param>
    public void AddDirectory(string name)
    {
        if (EntryPath.Read(name, out var path) is { } cause)
        {
            Refuse(name, cause);
        }
        else if (!TryEnter(path))
        {
            Refuse(name, "a file of the same name goes before it");
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="content">Its content; null for none.</param>
    /// <param name="time">When it was last modified.</param>
    /// <param name="checksum">Takes the content as it is written.</param>
    /// <exception cref="ArchiveException">There is too much.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void AddFile(string name, Stream? content, DateTimeOffset time, Crc32? checksum = null)
    {
        if (EntryPath.Read(name, out var path) is { } cause)
        {
            Refuse(name, cause);
        }
        else if (path.Length == 0 || _isFile.ContainsKey(path))
        {
            Refuse(name, "another entry has the same name");
        }
        else if (!TryEnter(Path.GetDirectoryName(path)!))
        {
            Refuse(name, "a file has the name of its directory");
        }
        else
        {
            _isFile.Add(path, true);
            Write(Path.Combine(directory, path), content, time, checksum);
        }
    }

    /// <summary>Makes a directory and those above it; false when one of them is a file.</summary>
    private bool TryEnter(string path)
    {
        if (path.Length == 0)
        {
            return true;
        }

        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (_isFile.TryGetValue(part, out var isFile) ? isFile : !_isFile.TryAdd(part, false))
            {
                return false;
            }

            if (end < 0)
            {
                Directory.CreateDirectory(Path.Combine(directory, path));
                return true;
            }
        }
    }

    private void Write(string path, Stream? content, DateTimeOffset time, Crc32? checksum)
    {
        using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            while (content is not null && content.Read(_buffer) is > 0 and var read)
            {
                _bytes += read;
                if (_bytes > bounds.Bytes)
                {
                    throw new ArchiveException($"it unpacks to more than {bounds.Bytes} bytes");
                }

                checksum?.Append(_buffer.AsSpan(0, read));
                file.Write(_buffer, 0, read);
            }
        }

        // Whether a source is newer than an object is judged by these.
        if (time > DateTimeOffset.UnixEpoch && time < DateTimeOffset.UnixEpoch.AddYears(200))
        {
            File.SetLastWriteTimeUtc(path, time.UtcDateTime);
        }
    }
}
