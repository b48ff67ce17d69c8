using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Summaries.Store;

/// <summary>
/// The summaries of units, kept in a few files so that only units with changed files are read. What is stored is trusted
/// only as far as its checksums hold; where it cannot be kept, units are read whenever they are asked for.
/// </summary>
internal sealed class SummaryStore : ISummarySource, IDisposable
{
    private readonly string? _indexFile;
    private readonly IReadOnlyList<Unit> _units;
    private readonly StoredUnit[] _stored;
    private readonly NameIndex _names;
    private readonly bool[] _damaged;
    private readonly bool _onlyAsks;
    private volatile bool _anyDamaged;

    private SummaryStore(SummaryStoreOptions options, IReadOnlyList<Unit> units, StoreUpdate update)
    {
        _indexFile = options.IndexFile;
        _onlyAsks = options.OnlyAsks;
        _units = units;
        _stored = update.Stored;
        _names = new NameIndex(_stored);
        _damaged = new bool[_stored.Length];
        Reads = update.Reads;
        Problem = update.Problem;
    }

    /// <inheritdoc/>
    public int Count => _stored.Length;

    /// <summary>The units whose files were read to bring the store up to date, ascending.</summary>
    public ImmutableArray<UnitRead> Reads { get; }

    /// <summary>Why the store could not be written; null when it was, or needed not be.</summary>
    public Diagnostic? Problem { get; }

    /// <summary>The files that hold the store, absolute.</summary>
    public IEnumerable<string> Files =>
        StoreUpdate.FilesOf(_stored).Select(f => f.Path).Append(_indexFile).OfType<string>().Where(File.Exists);

    /// <summary>Brings the store up to date with units and opens it. Safe beside other builds on the same store.</summary>
    /// <param name="options">Where the store is.</param>
    /// <param name="units">The units, in the order of their objects' names.</param>
    /// <param name="files">The files of each unit, as they were asked for before this call.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static SummaryStore Open(
        SummaryStoreOptions options, IReadOnlyList<Unit> units, UnitFiles[] files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(files);
        using var update = new StoreUpdate(options, units, files);
        update.Run(cancellation);
        return new SummaryStore(options, units, update);
    }

    /// <summary>A hash of what all files say: equal when nothing that is made from them can differ. Only of a store that keeps something.</summary>
    public byte[] ContentKey()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> key = stackalloc byte[sizeof(ulong) * 3];
        foreach (var unit in _stored)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(key, unit.Stamp.Unit);
            BinaryPrimitives.WriteUInt64LittleEndian(key[sizeof(ulong)..], unit.Key.High);
            BinaryPrimitives.WriteUInt64LittleEndian(key[(sizeof(ulong) * 2)..], unit.Key.Low);
            hash.AppendData(key);
        }

        return hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    public UnitFacts FactsOf(int unit) => _stored[unit].Facts;

    /// <inheritdoc/>
    public Digest128? KeyOf(int unit) => _indexFile is null ? null : _stored[unit].Key;

    /// <inheritdoc/>
    public IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name) => _names.UnitsNaming(name);

    /// <inheritdoc/>
    public ObjectSummary Load(int unit)
    {
        var stored = _stored[unit];
        if (stored.File is not null)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(stored.Length);
            try
            {
                var bytes = buffer.AsSpan(0, stored.Length);
                if (stored.File.TryRead(stored.Offset, bytes) && Digest128.Of(bytes) == stored.Key)
                {
                    return SummaryCodec.Read(bytes);
                }
            }
            catch (FormatException)
            {
                // Its checksum holds, but it was not written by this code.
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            _damaged[unit] = true;
            _anyDamaged = true;
        }

        return SummaryReader.Read(_units[unit]);
    }

    /// <summary>Closes the files. What turned out to be damaged is dropped from the store, so that the next build heals it.</summary>
    public void Dispose()
    {
        if (_indexFile is not null && _anyDamaged && !_onlyAsks)
        {
            try
            {
                StoreIndex.Write(_indexFile, [.. _stored.Where((_, i) => !_damaged[i])]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Then the next build finds the damage again.
            }
        }

        foreach (var file in StoreUpdate.FilesOf(_stored))
        {
            file.Dispose();
        }
    }
}
