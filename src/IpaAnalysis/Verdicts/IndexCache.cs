using IpaAnalysis.Files;

namespace IpaAnalysis.Verdicts;

/// <summary>The indices of units (see <see cref="UnitIndex"/>) as they are kept between builds, each found by what its unit says.</summary>
internal sealed class IndexCache
{
    private const string Magic = "IPAINDEX";
    private const int Version = 1;

    private readonly string? _path;
    private readonly Dictionary<Digest128, ReadOnlyMemory<byte>> _known = [];

    /// <summary>Reads what is kept; nothing when the file is missing, damaged, foreign or of another version.</summary>
    /// <param name="path">Absolute path; null keeps nothing.</param>
    public IndexCache(string? path)
    {
        _path = path;
        if (path is not null && StateFile.TryReadPayload(path, Magic, Version, out _) is { } payload)
        {
            Parse(payload);
        }
    }

    /// <summary>Looks for an index.</summary>
    public bool TryGet(Digest128 key, out ReadOnlyMemory<byte> index) => _known.TryGetValue(key, out index);

    /// <summary>Keeps the indices of all units, and no others. Where that cannot be, the next build makes them again.</summary>
    public void Keep(IReadOnlyList<Digest128?> keys, IReadOnlyList<ReadOnlyMemory<byte>> indices)
    {
        // Objects that say the same share one.
        int[] kept = [.. Enumerable.Range(0, keys.Count).Where(u => keys[u] is not null).DistinctBy(u => keys[u])];
        if (_path is null || (kept.Length == _known.Count && kept.All(u => _known.ContainsKey(keys[u]!.Value))))
        {
            return;
        }

        try
        {
            StateFile.Write(_path, Magic, Version, writer =>
            {
                writer.Write(Library);
                var rows = new PackedWriter();
                rows.WriteUnsigned((ulong)kept.Length);
                foreach (var unit in kept)
                {
                    rows.WriteFixed(keys[unit]!.Value.High);
                    rows.WriteFixed(keys[unit]!.Value.Low);
                    rows.WriteUnsigned((ulong)indices[unit].Length);
                }

                writer.Write(rows.Written);
                foreach (var unit in kept)
                {
                    writer.Write(indices[unit].Span);
                }
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The store of summaries lies in the same directory and tells of it.
        }
    }

    /// <summary>This very build of the library: another one may find something else.</summary>
    private static byte[] Library => typeof(IndexCache).Module.ModuleVersionId.ToByteArray();

    private void Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new PackedReader(content.Span);
            if (!reader.ReadBytes(Library.Length).SequenceEqual(Library))
            {
                return;
            }

            var rows = new (Digest128 Key, int Length)[reader.ReadCount()];
            foreach (ref var row in rows.AsSpan())
            {
                row = (new Digest128(reader.ReadFixed(), reader.ReadFixed()), (int)reader.ReadUnsigned());
            }

            var offset = content.Length - reader.Left;
            foreach (var (key, length) in rows)
            {
                _known[key] = content.Slice(offset, length);
                offset += length;
            }
        }
        catch (FormatException)
        {
            // Its checksum holds, but it was not written by this code.
            _known.Clear();
        }
    }
}
