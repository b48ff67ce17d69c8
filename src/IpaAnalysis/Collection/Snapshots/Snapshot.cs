using System.Runtime.InteropServices;
using System.Text;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// What collecting saw the last time: its questions with their answers, the files of its units, and what its user added.
/// It is used as it lies in the file, as 120,000 entries would take longer to unpack than to check.
/// </summary>
internal sealed class Snapshot
{
    public const string Magic = "IPACOLL";

    // Another byte order is another format.
    public static readonly int Version = BitConverter.IsLittleEndian ? 3 : 3 << 16;

    private const int HeaderLength = 7 * sizeof(int);

    private readonly ArraySegment<byte> _payload;
    private readonly int _entryCount;
    private readonly int _startCount;
    private readonly int _directories;
    private readonly int _names;
    private readonly int _contents;
    private readonly int _tail;
    private readonly int _lists;

    private Snapshot(ArraySegment<byte> payload, ReadOnlySpan<int> header)
    {
        _payload = payload;
        (_entryCount, _startCount) = (header[1], header[2]);
        _directories = StartsAt + (_startCount * sizeof(int));
        _names = _directories + header[3];
        _contents = _names + header[4];
        _tail = _contents + header[5];
        _lists = _tail + header[6];
    }

    /// <summary>The entries, the units' files first.</summary>
    public Span<SnapshotEntry> Entries => MemoryMarshal.Cast<byte, SnapshotEntry>(_payload.AsSpan(HeaderLength, StartsAt - HeaderLength));

    /// <summary>What the user of the snapshot remembers.</summary>
    public ArraySegment<byte> Tail => _payload[_tail.._lists];

    private int StartsAt => HeaderLength + (_entryCount * Marshal.SizeOf<SnapshotEntry>());

    private ReadOnlySpan<int> DirectoryStarts => MemoryMarshal.Cast<byte, int>(_payload.AsSpan(StartsAt, _directories - StartsAt));

    /// <summary>Reads one; null when there is none that can be used.</summary>
    public static Snapshot? TryRead(string path) =>
        StateFile.TryReadPayload(path, Magic, Version, out _) is { } payload && HeaderOf(payload) is var header && !header.IsEmpty
        && new Snapshot(payload, header) is var snapshot && snapshot.IsSound() ? snapshot : null;

    /// <summary>Puts the path of an entry into a buffer, with a NUL at its end.</summary>
    /// <returns>Its length with the NUL; 0 when the buffer is too short.</returns>
    public int CopyPath(ref readonly SnapshotEntry entry, Span<byte> buffer) =>
        CopyPath(entry.Directory, entry.Name, entry.NameLength, buffer);

    /// <summary>Puts the other path of a question about two files into a buffer.</summary>
    public int CopyOtherPath(ref readonly SnapshotEntry entry, Span<byte> buffer) =>
        CopyPath(entry.OtherDirectory, entry.OtherName, entry.OtherNameLength, buffer);

    /// <summary>The path of an entry.</summary>
    public string PathOf(ref readonly SnapshotEntry entry) => Text(entry.Directory, entry.Name, entry.NameLength);

    /// <summary>The question of an entry.</summary>
    public Question QuestionOf(ref readonly SnapshotEntry entry) => new(
        entry.Kind, PathOf(in entry), entry.Kind == QuestionKind.SourceAge ? Text(entry.OtherDirectory, entry.OtherName, entry.OtherNameLength) : "");

    /// <summary>The answer of an entry.</summary>
    public ArraySegment<byte> ContentOf(ref readonly SnapshotEntry entry) => _payload.Slice(_contents + entry.Content, entry.ContentLength);

    /// <summary>Reads the words of the answers.</summary>
    /// <returns>False when they are something else, however right the checksum is.</returns>
    public bool TryReadLists(WordLists lists)
    {
        try
        {
            CommandCodec.ReadLists(new StateReader(_payload[_lists..]), lists);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The header if its parts are all in the payload; else nothing.</summary>
    private static ReadOnlySpan<int> HeaderOf(ArraySegment<byte> payload)
    {
        if (payload.Count < HeaderLength)
        {
            return [];
        }

        var header = MemoryMarshal.Cast<byte, int>(payload.AsSpan(0, HeaderLength));
        var length = HeaderLength + ((long)header[1] * Marshal.SizeOf<SnapshotEntry>()) + ((long)header[2] * sizeof(int));
        foreach (var part in header[3..])
        {
            length += part;
        }

        return header[1..].IndexOfAnyInRange(int.MinValue, -1) < 0 && length <= payload.Count ? header : [];
    }

    /// <summary>Whether all that the entries refer to is there, so that they may be used as they lie.</summary>
    private bool IsSound()
    {
        // A NUL inside would name another file.
        var starts = DirectoryStarts;
        if (_payload.AsSpan(_directories, _contents - _directories).Contains((byte)0))
        {
            return false;
        }

        var last = 0;
        foreach (var start in starts)
        {
            var isAbsolute = start == last || (last < _names - _directories && _payload[_directories + last] == '/');
            if (start < last || start > _names - _directories || !isAbsolute)
            {
                return false;
            }

            last = start;
        }

        foreach (ref readonly var entry in Entries)
        {
            var isFile = entry.Kind == QuestionKind.UnitFile;
            if (entry.Kind > Question.LastKind
                || (uint)entry.Directory >= (uint)(starts.Length - 1)
                || !IsPart(entry.Name, entry.NameLength, _contents - _names)
                || !IsPart(entry.Content, entry.ContentLength, _tail - _contents)
                || (isFile && (entry.OtherDirectory < 0 || (uint)entry.OtherName >= UnitFileStates.FilesPerUnit))
                || (!isFile && ((uint)entry.OtherDirectory >= (uint)(starts.Length - 1) || !IsPart(entry.OtherName, entry.OtherNameLength, _contents - _names))))
            {
                return false;
            }
        }

        return true;

        static bool IsPart(int start, int length, int whole) => start >= 0 && length >= 0 && start <= whole && length <= whole - start;
    }

    /// <summary>Writes it with entries that were changed in place.</summary>
    public void Write(string path) => StateFile.WriteLarge(path, Magic, Version, stream => stream.Write(_payload.AsSpan()));

    /// <summary>Puts the path of an entry's directory into a buffer, with a NUL at its end.</summary>
    /// <returns>Its length with the NUL; 0 when the buffer is too short.</returns>
    public int CopyDirectory(ref readonly SnapshotEntry entry, Span<byte> buffer)
    {
        var directory = DirectoryOf(entry.Directory);
        if (directory.Length >= buffer.Length)
        {
            return 0;
        }

        directory.CopyTo(buffer);
        buffer[directory.Length] = 0;
        return directory.Length + 1;
    }

    /// <summary>Puts the name of an entry into a buffer, with a NUL at its end.</summary>
    /// <returns>Its length with the NUL; 0 when the buffer is too short.</returns>
    public int CopyName(ref readonly SnapshotEntry entry, Span<byte> buffer)
    {
        if (entry.NameLength >= buffer.Length)
        {
            return 0;
        }

        _payload.AsSpan(_names + entry.Name, entry.NameLength).CopyTo(buffer);
        buffer[entry.NameLength] = 0;
        return entry.NameLength + 1;
    }

    private int CopyPath(int directory, int name, int nameLength, Span<byte> buffer)
    {
        var head = DirectoryOf(directory);
        var length = head.Length + 1 + nameLength + 1;
        if (length > buffer.Length)
        {
            return 0;
        }

        head.CopyTo(buffer);
        buffer[head.Length] = (byte)'/';
        _payload.AsSpan(_names + name, nameLength).CopyTo(buffer[(head.Length + 1)..]);
        buffer[length - 1] = 0;
        return length;
    }

    private string Text(int directory, int name, int nameLength) =>
        string.Concat(Encoding.UTF8.GetString(DirectoryOf(directory)), "/", Encoding.UTF8.GetString(_payload.AsSpan(_names + name, nameLength)));

    private ReadOnlySpan<byte> DirectoryOf(int number)
    {
        var starts = DirectoryStarts;
        return _payload.AsSpan(_directories + starts[number], starts[number + 1] - starts[number]);
    }
}
