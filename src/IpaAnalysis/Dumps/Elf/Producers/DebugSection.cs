using System.Buffers.Binary;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>One section of debugging information, unpacked where it is packed.</summary>
internal sealed class DebugSection : IDisposable
{
    private const uint ZlibType = 1;

    private readonly ByteSource _bytes;
    private readonly DebugRelocations? _relocations;

    private DebugSection(ByteSource bytes, DebugRelocations? relocations)
    {
        _bytes = bytes;
        _relocations = relocations;
    }

    public long Length => _bytes.Length;

    /// <summary>Opens a section.</summary>
    /// <param name="source">The file.</param>
    /// <param name="layout">Its sections.</param>
    /// <param name="index">The section.</param>
    /// <param name="isDamaged">With a null result: whether it is damaged, not just absent or packed by a method other than zlib.</param>
    public static DebugSection? Open(ByteSource source, ElfLayout layout, int index, out bool isDamaged)
    {
        var section = layout.Sections[index];
        isDamaged = false;
        if (section.IsEmptyInFile || section.Size == 0)
        {
            return null;
        }

        if (section.Offset > (ulong)source.Length || section.Size > (ulong)source.Length - section.Offset)
        {
            isDamaged = true;
            return null;
        }

        ByteSource? bytes = new RangeByteSource(source, (long)section.Offset, (long)section.Size);
        if (section.IsCompressed)
        {
            bytes = Unpack(bytes, layout.Encoding, out isDamaged);
        }
        else if (IsOldPackedName(layout.NameOf(section)))
        {
            bytes = UnpackOld(bytes);
            isDamaged = bytes is null;
        }

        return bytes is null ? null : new(bytes, DebugRelocations.Of(source, layout, index));
    }

    /// <summary>Whether a name says that the section is packed in the way before <c>SHF_COMPRESSED</c> (<c>-gz=zlib-gnu</c>).</summary>
    public static bool IsOldPackedName(ReadOnlySpan<byte> name) => name.IndexOf(".zdebug_"u8) >= 0;

    /// <summary>The bytes from an offset on: as many as asked for, or fewer at the section's end; none where they cannot be read.</summary>
    public ReadOnlySpan<byte> Window(ulong offset, int length)
    {
        if (offset >= (ulong)_bytes.Length)
        {
            return default;
        }

        return _bytes.TryGet((long)offset, Math.Min(length, _bytes.Length - (long)offset), out var bytes) ? bytes.Span : default;
    }

    /// <summary>The offset into another section that a place holds, as the linker would fill it in.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="inPlace">The number that is there.</param>
    /// <param name="size">Its size in bytes.</param>
    public ulong Resolve(ulong place, ulong inPlace, int size)
    {
        var value = _relocations?.Apply(place, inPlace, size) ?? inPlace;
        return size == 4 ? (uint)value : value;
    }

    public void Dispose() => _bytes.Dispose();

    private static InflatedByteSource? Unpack(ByteSource bytes, ElfEncoding encoding, out bool isDamaged)
    {
        // Elf32_Chdr has type, size, alignment; Elf64_Chdr a reserved word after the type (gABI, "Section Compression").
        Span<byte> header = stackalloc byte[encoding.Is64 ? 24 : 12];
        isDamaged = !bytes.TryRead(0, header);
        if (isDamaged || encoding.UInt32(header, 0) != ZlibType)
        {
            return null;
        }

        var packed = new RangeByteSource(bytes, header.Length, bytes.Length - header.Length);
        var unpacked = InflatedByteSource.Open(packed, encoding.Word(header, encoding.Is64 ? 8 : 4));
        isDamaged = unpacked is null;
        return unpacked;
    }

    private static InflatedByteSource? UnpackOld(ByteSource bytes)
    {
        Span<byte> header = stackalloc byte[12];
        return bytes.TryRead(0, header) && header.StartsWith("ZLIB"u8)
            ? InflatedByteSource.Open(new RangeByteSource(bytes, 12, bytes.Length - 12), BinaryPrimitives.ReadUInt64BigEndian(header[4..]))
            : null;
    }
}
