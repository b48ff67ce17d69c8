using System.Runtime.InteropServices;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Store;

/// <summary>The store's index file: what is known of each unit, and where its encoded summary lies.</summary>
internal static class StoreIndex
{
    private const string Magic = "IPASTORE";

    /// <summary>The fewest bytes of a unit: five states and a key of two numbers.</summary>
    private const int SmallestUnit = 7 * sizeof(ulong);

    // The hashes are written as they lie in memory.
    private static readonly int s_version = BitConverter.IsLittleEndian ? 1 : -1;

    /// <summary>Reads the index; empty when it is missing, damaged, foreign or of another version.</summary>
    public static StoredUnit[] Read(string path)
    {
        if (StateFile.TryReadPayload(path, Magic, s_version, out _) is not { } payload)
        {
            return [];
        }

        try
        {
            return Parse(payload, Path.GetDirectoryName(path)!);
        }
        catch (FormatException)
        {
            // Its checksum holds, but it was not written by this code.
            return [];
        }
    }

    /// <summary>Writes the index.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, StoredUnit[] units)
    {
        var writer = new PackedWriter();
        var files = StoreUpdate.FilesOf(units);
        writer.WriteUnsigned((ulong)files.Length);
        foreach (var file in files)
        {
            writer.WriteText(file.Name);
            writer.WriteUnsigned((ulong)file.Length);
        }

        writer.WriteUnsigned((ulong)units.Length);
        foreach (var unit in units)
        {
            WriteUnit(writer, unit, Array.IndexOf(files, unit.File));
        }

        var head = new PackedWriter();
        head.WriteBytes(Reader);
        head.WriteFixed((ulong)writer.Written.Length);
        StateFile.WriteLarge(path, Magic, s_version, stream =>
        {
            stream.Write(head.Written);
            stream.Write(writer.Written);
            foreach (var unit in units)
            {
                stream.Write(MemoryMarshal.AsBytes(unit.Names.Span));
            }
        });
    }

    /// <summary>This very build of the library: another one may read the same files in another way.</summary>
    private static byte[] Reader => typeof(StoreIndex).Module.ModuleVersionId.ToByteArray();

    private static StoredUnit[] Parse(ReadOnlySpan<byte> content, string directory)
    {
        var parts = new PackedReader(content);
        if (!parts.ReadBytes(Reader.Length).SequenceEqual(Reader))
        {
            return [];
        }

        var length = parts.ReadFixed();
        if (length > (ulong)parts.Remaining)
        {
            throw new FormatException("The index is shorter than it says.");
        }

        var rows = new PackedReader(parts.ReadBytes((int)length));
        var hashes = MemoryMarshal.Cast<byte, uint>(parts.ReadBytes(parts.Remaining)).ToArray();
        var files = new BlobFile?[rows.ReadCount()];
        try
        {
            return Parse(ref rows, files, hashes, directory);
        }
        catch (FormatException)
        {
            foreach (var file in files)
            {
                file?.Dispose();
            }

            throw;
        }
    }

    private static StoredUnit[] Parse(ref PackedReader rows, BlobFile?[] files, uint[] hashes, string directory)
    {
        foreach (ref var file in files.AsSpan())
        {
            var name = Path.GetFileName(rows.ReadText() ?? "");
            file = BlobFile.TryOpen(Path.Combine(directory, name), ReadLength(ref rows));
        }

        var units = new StoredUnit[rows.ReadCount(SmallestUnit)];
        var start = 0;
        foreach (ref var unit in units.AsSpan())
        {
            unit = ReadUnit(ref rows, files, hashes, ref start);
        }

        return units;
    }

    private static void WriteUnit(PackedWriter writer, StoredUnit unit, int file)
    {
        writer.WriteFixed(unit.Stamp.Unit);
        writer.WriteFixed(unit.Stamp.Object);
        writer.WriteFixed(unit.Stamp.Dump);
        writer.WriteFixed(unit.Stamp.CallGraph);
        writer.WriteFixed(unit.Stamp.FoldingRecord);
        writer.WriteFixed(unit.Key.High);
        writer.WriteFixed(unit.Key.Low);
        writer.WriteIndex(file);
        writer.WriteUnsigned((ulong)unit.Offset);
        writer.WriteUnsigned((uint)unit.Length);
        writer.WriteUnsigned((uint)unit.Names.Count);
        FactsCodec.Write(writer, unit.Facts);
    }

    private static long ReadLength(ref PackedReader reader) =>
        reader.ReadUnsigned() is var length && length <= long.MaxValue ? (long)length : throw new FormatException("A length is none.");

    private static StoredUnit ReadUnit(ref PackedReader reader, BlobFile?[] files, uint[] hashes, ref int start)
    {
        var stamp = new UnitStamp(reader.ReadFixed(), reader.ReadFixed(), reader.ReadFixed(), reader.ReadFixed(), reader.ReadFixed());
        var key = new Digest128(reader.ReadFixed(), reader.ReadFixed());
        var file = reader.ReadIndex(files.Length);
        var (offset, length) = (ReadLength(ref reader), reader.ReadNumber());
        if (file >= 0 && files[file] is { } opened && (offset > opened.Length || length > opened.Length - offset))
        {
            throw new FormatException("A file is shorter than the index says.");
        }

        var names = new NameHashes(hashes, start, reader.ReadNumber(hashes.Length - start + 1));
        start += names.Count;

        return new StoredUnit
        {
            Stamp = stamp,
            Key = key,
            File = file < 0 ? null : files[file],
            Offset = offset,
            Length = length,
            Names = names,
            Facts = FactsCodec.Read(ref reader),
        };
    }
}
