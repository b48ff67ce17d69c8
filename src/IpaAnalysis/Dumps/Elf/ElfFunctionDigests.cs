using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Files;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>
/// One digest per function of an object: its name, its bytes and what its relocations name. A copy of the object, what
/// <c>ld -r</c> made of it and a member of an archive have the same ones.
/// </summary>
/// <remarks>
/// Where relocations have no addend of their own (<c>SHT_REL</c>: i386, ARM, MIPS) the bytes that they change are left out, as
/// <c>ld -r</c> changes them. Symbols of sections are left out everywhere, as sections are joined.
/// </remarks>
internal static class ElfFunctionDigests
{
    private const int FieldLength = 4;

    /// <summary>Reads the digests of all functions that have a size, in no order.</summary>
    /// <returns>Null when they cannot be told: no symbol table, damage, or a copy without the bytes of its code.</returns>
    public static ImmutableArray<Digest128>? Read(ByteSource source)
    {
        if (ElfLayout.Read(source, out _) is not { } layout
            || ElfSymbolTable.Find(source, layout, out _) is not { } table
            || table.NamesIn(source) is not { } names)
        {
            return null;
        }

        var sections = new Dictionary<int, Section?>();
        var digests = ImmutableArray.CreateBuilder<Digest128>();
        var text = new ArrayBufferWriter<byte>();
        for (var i = 1; i < table.Count; i++)
        {
            var symbol = table[i];
            if (!symbol.IsFunction || symbol.Section <= 0 || symbol.Size == 0)
            {
                continue;
            }

            if (!sections.TryGetValue(symbol.Section, out var section))
            {
                sections[symbol.Section] = section = ReadSection(source, layout, table, names, symbol.Section);
            }

            if (section is null || !names.TryGet(symbol.NameOffset, out var name)
                || symbol.Value > (ulong)section.Bytes.Length || symbol.Size > (ulong)section.Bytes.Length - symbol.Value)
            {
                return null;
            }

            text.ResetWrittenCount();
            text.Write(name);
            section.Write(text, (int)symbol.Value, (int)symbol.Size);
            digests.Add(Digest128.Of(text.WrittenSpan));
        }

        return digests.ToImmutable();
    }

    private static Section? ReadSection(ByteSource source, ElfLayout layout, ElfSymbolTable table, ElfStringTable names, int index)
    {
        ref readonly var section = ref layout.Sections[index];
        if (section.IsEmptyInFile || section.IsCompressed || !section.TryGetBytes(source, out var bytes))
        {
            return null;
        }

        var content = bytes.ToArray();
        var relocations = new List<(ulong Offset, uint Type, byte[] Name)>();
        foreach (ref readonly var candidate in layout.Sections.AsSpan())
        {
            if (candidate.Info != (uint)index || candidate.Type is not (ElfSection.Relocations or ElfSection.RelocationsWithAddend))
            {
                continue;
            }

            var hasAddend = candidate.Type == ElfSection.RelocationsWithAddend;
            var size = layout.Encoding.RelocationSize(hasAddend);
            if (!candidate.TryGetBytes(source, out var rows))
            {
                return null;
            }

            for (var at = 0; at + size <= rows.Length; at += size)
            {
                var relocation = ElfRelocation.Decode(rows.Span.Slice(at, size), layout, hasAddend);
                if (relocation.Symbol >= (uint)table.Count || relocation.Offset >= (ulong)content.Length)
                {
                    return null;
                }

                var symbol = table[(int)relocation.Symbol];
                relocations.Add((relocation.Offset, relocation.Type, symbol.IsSection || !names.TryGet(symbol.NameOffset, out var name) ? [] : name.ToArray()));
                if (!hasAddend)
                {
                    content.AsSpan((int)relocation.Offset, Math.Min(FieldLength, content.Length - (int)relocation.Offset)).Clear();
                }
            }
        }

        relocations.Sort(static (x, y) => x.Offset.CompareTo(y.Offset) is var order and not 0 ? order : x.Type.CompareTo(y.Type));
        return new Section(content, relocations);
    }

    /// <summary>A section of code and its relocations in the order of their places.</summary>
    private sealed record Section(byte[] Bytes, List<(ulong Offset, uint Type, byte[] Name)> Relocations)
    {
        public void Write(ArrayBufferWriter<byte> text, int start, int length)
        {
            Span<byte> number = stackalloc byte[3 * sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(number, length);
            text.Write(number[..sizeof(int)]);
            text.Write(Bytes.AsSpan(start, length));
            for (var i = FirstAt(start); i < Relocations.Count && Relocations[i].Offset < (ulong)(start + length); i++)
            {
                var (offset, type, name) = Relocations[i];
                BinaryPrimitives.WriteInt32LittleEndian(number, (int)offset - start);
                BinaryPrimitives.WriteUInt32LittleEndian(number[sizeof(int)..], type);
                BinaryPrimitives.WriteInt32LittleEndian(number[(2 * sizeof(int))..], name.Length);
                text.Write(number);
                text.Write(name);
            }
        }

        private int FirstAt(int start)
        {
            var (low, high) = (0, Relocations.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Relocations[middle].Offset < (ulong)start ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
