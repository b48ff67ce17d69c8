using System.Buffers.Binary;
using System.Collections.Concurrent;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>Compares a snapshot with the file system, in parallel, and asks again only what may have another answer.</summary>
internal sealed class SnapshotCheck(Snapshot snapshot, Topics topics, int threads, CancellationToken cancellation)
{
    private const int LongestPath = 4096;
    private const int Share = 512;

    private readonly Settling _settling = new();

    /// <summary>What is not as it was, in the order of the entries.</summary>
    public List<SnapshotChange> Run()
    {
        var changes = new ConcurrentBag<SnapshotChange>();
        var count = snapshot.Entries.Length;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Max(1, threads) };
        Parallel.For(0, (count + Share - 1) / Share, parallel, share =>
        {
            Span<byte> buffer = stackalloc byte[LongestPath];
            Span<byte> other = stackalloc byte[LongestPath];
            using var place = new Place();
            for (var i = share * Share; i < Math.Min(count, (share + 1) * Share); i++)
            {
                Enter(i, place, buffer);
                if (Check(i, place, buffer, other) is { } change)
                {
                    changes.Add(change);
                }
            }
        });
        return [.. changes.OrderBy(static c => c.Index)];
    }

    /// <summary>Opens the directory of an entry if the next one is in it too.</summary>
    private void Enter(int index, Place place, Span<byte> buffer)
    {
        var entries = snapshot.Entries;
        ref readonly var entry = ref entries[index];
        if (place.Number != entry.Directory && index + 1 < entries.Length && entries[index + 1].Directory == entry.Directory)
        {
            var length = snapshot.CopyDirectory(in entry, buffer);
            place.Number = length > 0 && place.Directory.TryOpen(buffer[..length]) ? entry.Directory : Place.Nowhere;
        }
    }

    private SnapshotChange? Check(int index, Place place, Span<byte> buffer, Span<byte> other)
    {
        ref readonly var entry = ref snapshot.Entries[index];
        if (entry.Kind == QuestionKind.UnitFile)
        {
            var file = Identify(in entry, place, buffer, out _);
            return file == entry.Identity ? null : Change(file, Settled(in entry, ref file), null, FileIdentity.Describe(entry.Identity, file));
        }

        if (Question.DependsOnContent(entry.Kind))
        {
            var identity = Identify(in entry, place, buffer, out _);
            if (entry.IsSettled != 0 && identity == entry.Identity)
            {
                return null;
            }

            var again = topics.Ask(snapshot.QuestionOf(in entry), _settling);
            return Change(again.Identity, again.IsSettled, Differing(in entry, again), FileIdentity.Describe(entry.Identity, again.Identity));
        }

        if (IsSameAnswer(in entry, place, buffer, other))
        {
            return null;
        }

        var answer = topics.Ask(snapshot.QuestionOf(in entry), _settling);
        return Differing(in entry, answer) is null ? null : Change(default, true, answer, WhyAsked(entry.Kind));

        SnapshotChange Change(FileIdentity identity, bool isSettled, Answer? changed, string reason) =>
            new(index, identity, isSettled, changed, reason);
    }

    private bool Settled(ref readonly SnapshotEntry entry, ref FileIdentity file)
    {
        var now = FileIdentity.NowNanoseconds;
        return file == default || file.IsSettledAt(now) || _settling.Await(snapshot.PathOf(in entry), out file);
    }

    private Answer? Differing(ref readonly SnapshotEntry entry, Answer answer) =>
        snapshot.ContentOf(in entry).AsSpan().SequenceEqual(answer.Content.AsSpan()) ? null : answer;

    /// <summary>The questions that there may be thousands of, asked without making strings.</summary>
    private bool IsSameAnswer(ref readonly SnapshotEntry entry, Place place, Span<byte> buffer, Span<byte> other)
    {
        var said = snapshot.ContentOf(in entry).AsSpan();
        switch (entry.Kind)
        {
            case QuestionKind.FileExists or QuestionKind.DirectoryExists when said.Length == 1:
                var exists = Identify(in entry, place, buffer, out var kind) != default && (kind == FileKind.Directory) == (entry.Kind == QuestionKind.DirectoryExists);
                return exists == (said[0] != 0);
            case QuestionKind.SourceAge when said.Length == 1 && said[0] <= (byte)SourceAge.Newer:
                var length = snapshot.CopyOtherPath(in entry, other);
                return length > 0
                    && FileIdentity.TryGet(other[..length], out var older)
                    && Identify(in entry, place, buffer, out _) is var newer && newer != default
                    && said[0] == (byte)(newer.ModifiedNanoseconds > older.ModifiedNanoseconds ? SourceAge.Newer : SourceAge.Older);
            case QuestionKind.FileTime when said.Length == sizeof(long):
                return BinaryPrimitives.ReadInt64LittleEndian(said) == FileTime.Of(Identify(in entry, place, buffer, out _));
            default:
                return false;
        }
    }

    private FileIdentity Identify(ref readonly SnapshotEntry entry, Place place, Span<byte> buffer, out FileKind kind)
    {
        FileIdentity identity;
        if (place.Number == entry.Directory
            && snapshot.CopyName(in entry, buffer) is > 1 and var nameLength
            && place.Directory.TryGet(buffer[..nameLength], out identity, out kind) is not null)
        {
            return identity;
        }

        var length = snapshot.CopyPath(in entry, buffer);
        FileIdentity.TryGet(buffer[..length], out identity, out kind);
        return identity;
    }

    private static string WhyAsked(QuestionKind kind) => kind switch
    {
        QuestionKind.SourceAge => "whether it is newer than its object changed",
        QuestionKind.FileTime => "its time stamp changed, or whether it exists",
        QuestionKind.RealPath => "its symbolic links lead elsewhere",
        _ => "whether it exists changed",
    };

    /// <summary>The directory that a thread is in.</summary>
    private sealed class Place : IDisposable
    {
        public const int Nowhere = -1;

        public int Number { get; set; } = Nowhere;

        public NativeDirectory Directory { get; } = new();

        public void Dispose() => Directory.Dispose();
    }
}
