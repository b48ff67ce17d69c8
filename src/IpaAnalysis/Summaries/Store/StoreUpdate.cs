using System.Collections.Concurrent;
using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries.Names;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Summaries.Store;

/// <summary>Brings a store up to date: finds which units changed, reads those, and writes the new state beside the old.</summary>
internal sealed class StoreUpdate : IDisposable
{
    private const string BlobPrefix = "summaries-";
    private const string BlobSuffix = ".state";

    private static readonly StoredUnit s_nothing = new()
    {
        Stamp = default,
        Key = default,
        File = null,
        Offset = 0,
        Length = 0,
        Facts = null!,
        Names = NameHashes.None,
    };

    private readonly SummaryStoreOptions _options;
    private readonly IReadOnlyList<Unit> _units;
    private readonly UnitFiles[] _files;
    private readonly string? _indexFile;
    private readonly BlobWriter _writer;
    private readonly StoredUnit[] _old;
    private readonly BlobFile[] _oldFiles;
    private bool _isComplete;

    public StoreUpdate(SummaryStoreOptions options, IReadOnlyList<Unit> units, UnitFiles[] files)
    {
        _options = options;
        _units = units;
        _files = files;
        _indexFile = options.IndexFile;
        _writer = new BlobWriter(Path.Combine(Path.GetDirectoryName(_indexFile) ?? "", $"{BlobPrefix}{Guid.NewGuid():N}{BlobSuffix}"));
        _old = _indexFile is null ? [] : options.Reading?.Take() ?? StoreIndex.Read(_indexFile);
        _oldFiles = FilesOf(_old);
        Stored = new StoredUnit[units.Count];
    }

    /// <summary>What is known of each unit after the update.</summary>
    public StoredUnit[] Stored { get; }

    public ImmutableArray<UnitRead> Reads { get; private set; } = [];

    public Diagnostic? Problem { get; private set; }

    public void Run(CancellationToken cancellation)
    {
        var reads = Plan();
        Read(reads, cancellation);
        Reads = [.. reads];
        if (_indexFile is not null && !_options.OnlyAsks && HasChanged())
        {
            Save(_indexFile);
        }

        _isComplete = true;
    }

    /// <summary>Closes what the new state does not use, and everything when it did not come to one.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        CloseOld(_isComplete ? FilesOf(Stored) : []);
    }

    /// <summary>Takes over what is stored of unchanged units; the others are to be read.</summary>
    private UnitRead[] Plan()
    {
        var observed = Settle();
        var known = new Dictionary<ulong, StoredUnit>(_old.Length);
        foreach (var unit in _old)
        {
            known.TryAdd(unit.Stamp.Unit, unit);
        }

        var reads = new List<UnitRead>();
        for (var i = 0; i < _units.Count; i++)
        {
            var stamp = UnitStamp.Of(_units[i], _files[i], observed);
            var stored = known.GetValueOrDefault(stamp.Unit);
            ReadReason? reason =
                stored is null ? ReadReason.New
                : _options.FullHash ? ReadReason.FullHash
                : stored.File is null ? ReadReason.StoreDamaged
                : stamp.ChangeSince(stored.Stamp);
            stored ??= s_nothing;
            Stored[i] = stored.Stamp == stamp ? stored : stored with { Stamp = stamp };
            if (reason is { } r)
            {
                reads.Add(new UnitRead(i, r, IsChanged: true));
            }
        }

        return [.. reads];
    }

    /// <summary>
    /// Waits until the time stamps of files written just now are past: a later change of what is read from here on then bears
    /// another one.
    /// </summary>
    private long Settle()
    {
        var now = FileIdentity.NowNanoseconds;
        var wait = 0L;
        foreach (var files in _files)
        {
            wait = Math.Max(wait, Math.Max(WaitFor(files.Object), WaitFor(files.Dump)));
            wait = Math.Max(wait, Math.Max(WaitFor(files.CallGraph), WaitFor(files.FoldingRecord)));
        }

        if (wait == 0)
        {
            return now;
        }

        Thread.Sleep((int)(wait / 1_000_000) + 1);
        return FileIdentity.NowNanoseconds;

        long WaitFor(FileIdentity? file) => file?.UnsettledFor(now) ?? 0;
    }

    /// <summary>Whether the index says something else than before. What stays the same is taken over as it is.</summary>
    private bool HasChanged()
    {
        var isSame = Stored.Length == _old.Length;
        for (var i = 0; isSame && i < Stored.Length; i++)
        {
            isSame = ReferenceEquals(Stored[i], _old[i]);
        }

        return !isSame;
    }

    private void Read(UnitRead[] reads, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var counter = new WorkCounter(_options.Progress, WorkPhase.ReadingUnits, reads.Length);
        if (reads.Length <= 1)
        {
            // The usual case. The machinery of parallel loops would have to be compiled first.
            if (reads.Length == 1)
            {
                Read(reads, 0, new ThreadTools());
                counter.Add(1);
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Threads), CancellationToken = cancellation };

        // Single units, not ranges: a few are a hundred times the size of the rest.
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, reads.Length), EnumerablePartitionerOptions.NoBuffering),
            options,
            static () => new ThreadTools(),
            (i, _, own) =>
            {
                Read(reads, i, own);
                counter.Add(1);
                return own;
            },
            static _ => { });
    }

    private void Read(UnitRead[] reads, int i, ThreadTools tools)
    {
        var unit = reads[i].Unit;
        var before = Stored[unit];
        Stored[unit] = Read(_units[unit], before, tools.Reader, tools.Writer);
        reads[i] = reads[i] with { IsChanged = before.Facts is null || before.Key != Stored[unit].Key };
    }

    private StoredUnit Read(Unit unit, StoredUnit before, UnitReader reader, PackedWriter writer)
    {
        var summary = reader.Read(unit);
        writer.Clear();
        if (_indexFile is not null)
        {
            SummaryCodec.Write(writer, summary);
        }

        var key = Digest128.Of(writer.Written);

        // What could not be read may be readable next time, without any sign of change.
        var stamp = summary.Diagnostics.Any(d => d.Descriptor == DiagnosticCatalog.FileUnreadable)
            ? before.Stamp with { Dump = 0 }
            : before.Stamp;
        return key == before.Key && before.File is not null
            ? (before.Stamp == stamp ? before : before with { Stamp = stamp })
            : new StoredUnit
            {
                Stamp = stamp,
                Key = key,
                File = null,
                Offset = _options.OnlyAsks ? 0 : _writer.Append(writer.Written),
                Length = writer.Written.Length,
                Facts = UnitFacts.Of(summary),
                Names = NameIndex.HashesOf(summary),
            };
    }

    /// <summary>
    /// Writes what is new. Nothing that an index on the disk refers to is changed: whoever is killed here leaves the old state
    /// and a file that the next build removes; of two builds at once the last one's state stays.
    /// </summary>
    private void Save(string indexFile)
    {
        var isNew = _writer.Length > 0;
        var written = isNew ? StoreNew() : null;
        var failure = _writer.Failure;
        if (failure is null && (written is not null || !isNew))
        {
            try
            {
                StoreIndex.Write(indexFile, Stored);
                CloseOld(FilesOf(Stored));
                RemoveLeftovers(Path.GetDirectoryName(indexFile)!);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
                if (written is not null)
                {
                    // It can be read as long as it is open.
                    OutputFile.Delete(written.Path);
                }
            }
        }

        Problem = failure is null ? null : DiagnosticCatalog.StoreNotWritten.At(
            indexFile,
            0,
            $"Summaries cannot be kept ({failure.GetType().Name}), so the next build reads these files again. Check the disk's space and the permissions of the intermediate directory.");
    }

    /// <summary>Ends the file of new summaries, and moves into it what is left in files that hold little else.</summary>
    private BlobFile? StoreNew()
    {
        var isNew = new bool[Stored.Length];
        var kept = FileToKeep();
        for (var i = 0; i < Stored.Length; i++)
        {
            if (Stored[i].File is not { } file)
            {
                isNew[i] = true;
            }
            else if (file != kept && Copy(Stored[i], file) is >= 0 and var offset)
            {
                Stored[i] = Stored[i] with { File = null, Offset = offset };
                isNew[i] = true;
            }
        }

        var written = _writer.Finish();
        for (var i = 0; i < Stored.Length; i++)
        {
            if (isNew[i])
            {
                Stored[i] = Stored[i] with { File = written };
            }
        }

        return written;
    }

    /// <summary>One large file and one small are left: the small one is written anew each time, the large one when half of it is dead.</summary>
    private BlobFile? FileToKeep()
    {
        var (largest, all) = (0L, _writer.Length);
        BlobFile? large = null;
        foreach (var file in FilesOf(Stored))
        {
            var live = 0L;
            foreach (var unit in Stored)
            {
                live += unit.File == file ? unit.Length : 0;
            }

            all += live;
            if (live > largest)
            {
                (large, largest) = (file, live);
            }
        }

        return large is not null && largest >= large.Length / 2 && largest > all - largest ? large : null;
    }

    private long Copy(StoredUnit unit, BlobFile file)
    {
        var bytes = new byte[unit.Length];
        return file.TryRead(unit.Offset, bytes) ? _writer.Append(bytes) : -1;
    }

    /// <summary>Removes files that no index refers to and no build writes or reads.</summary>
    private void RemoveLeftovers(string directory)
    {
        var used = FilesOf(Stored).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(directory, $"{BlobPrefix}*{BlobSuffix}"))
        {
            if (used.Contains(path) || !InputFile.IsRegular(path))
            {
                continue;
            }

            try
            {
                using (File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None))
                {
                    File.Delete(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another build has it open.
            }
        }
    }

    private void CloseOld(BlobFile[] used)
    {
        foreach (var file in _oldFiles.Except(used))
        {
            file.Dispose();
        }
    }

    public static BlobFile[] FilesOf(StoredUnit[] units)
    {
        var files = new List<BlobFile>();
        BlobFile? last = null;
        foreach (var unit in units)
        {
            if (unit.File is { } file && file != last && !files.Contains(file))
            {
                files.Add(file);
            }

            last = unit.File;
        }

        return [.. files];
    }

    /// <summary>What one thread reads with.</summary>
    private sealed class ThreadTools
    {
        public UnitReader Reader { get; } = new();

        public PackedWriter Writer { get; } = new();
    }
}
