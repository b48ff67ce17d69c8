using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>Puts a snapshot together.</summary>
internal sealed class SnapshotWriter
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly List<int> _directoryStarts = [0];
    private readonly List<SnapshotEntry> _entries = [];
    private readonly ArrayBufferWriter<byte> _directories = new();
    private readonly ArrayBufferWriter<byte> _names = new();
    private readonly ArrayBufferWriter<byte> _contents = new();

    /// <summary>What was added.</summary>
    public ReadOnlySpan<SnapshotEntry> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>Adds a unit's file.</summary>
    public void AddFile(int unit, int which, string path, FileIdentity identity, bool isSettled)
    {
        var entry = new SnapshotEntry { Kind = QuestionKind.UnitFile, OtherDirectory = unit, OtherName = which, Identity = identity, IsSettled = isSettled ? (byte)1 : (byte)0 };
        Place(path, out entry.Directory, out entry.Name, out entry.NameLength);
        _entries.Add(entry);
    }

    /// <summary>Adds a question and its answer.</summary>
    public void Add(Question question, Answer answer)
    {
        var entry = new SnapshotEntry
        {
            Kind = question.Kind,
            Identity = answer.Identity,
            IsSettled = answer.IsSettled ? (byte)1 : (byte)0,
            Content = _contents.WrittenCount,
            ContentLength = answer.Content.Count,
        };
        _contents.Write(answer.Content.AsSpan());
        Place(question.Path, out entry.Directory, out entry.Name, out entry.NameLength);
        if (question.Other.Length > 0)
        {
            Place(question.Other, out entry.OtherDirectory, out entry.OtherName, out entry.OtherNameLength);
        }

        _entries.Add(entry);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="lists">The words of the answers.</param>
    /// <param name="tail">What the user of the snapshot remembers.</param>
    public void Write(string path, WordLists lists, byte[] tail) => StateFile.Write(path, Snapshot.Magic, Snapshot.Version, writer =>
    {
        writer.Write(0); // The envelope has 12 bytes; entries lie at multiples of 8.
        writer.Write(_entries.Count);
        writer.Write(_directoryStarts.Count);
        writer.Write(_directories.WrittenCount);
        writer.Write(_names.WrittenCount);
        writer.Write(_contents.WrittenCount);
        writer.Write(tail.Length);
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_entries)));
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_directoryStarts)));
        writer.Write(_directories.WrittenSpan);
        writer.Write(_names.WrittenSpan);
        writer.Write(_contents.WrittenSpan);
        writer.Write(tail);
        CommandCodec.WriteLists(writer, lists);
    });

    private void Place(string path, out int directory, out int name, out ushort nameLength)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0)
        {
            throw new ArgumentException($"The path '{path}' is not absolute.", nameof(path));
        }

        var head = path.AsSpan(0, slash);
        if (!_numbers.TryGetValue(head, out directory))
        {
            directory = _directoryStarts.Count - 1;
            _numbers[head] = directory;
            Encoding.UTF8.GetBytes(head, _directories);
            _directoryStarts.Add(_directories.WrittenCount);
        }

        name = _names.WrittenCount;
        nameLength = checked((ushort)Encoding.UTF8.GetBytes(path.AsSpan(slash + 1), _names));
    }
}
