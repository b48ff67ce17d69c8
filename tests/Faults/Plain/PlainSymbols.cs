using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.Faults.Plain;

/// <summary>
/// Reads the function symbols of an object, of either class and byte order, from the tables themselves; written apart from the
/// package's reader, which it is a check of.
/// </summary>
internal static class PlainSymbols
{
    /// <summary>The defined functions of an object; null without a symbol table.</summary>
    public static Dictionary<string, (int Section, ulong Value, bool HasCode)>? Read(byte[] file)
    {
        var isBig = file[5] == 2;
        var is64 = file[4] == 2;
        var (headers, size, count) = is64
            ? ((int)Number(0x28, 8), (int)Number(0x3a, 2), (int)Number(0x3c, 2))
            : ((int)Number(0x20, 4), (int)Number(0x2e, 2), (int)Number(0x30, 2));
        count = count == 0 ? (int)Word(headers, 0x14, 0x20) : count;
        for (var i = 0; i < count; i++)
        {
            var header = headers + (i * size);
            if (Number(header + 4, 4) == 2)
            {
                return Symbols(header);
            }
        }

        return null;

        Dictionary<string, (int, ulong, bool)> Symbols(int table)
        {
            var functions = new Dictionary<string, (int, ulong, bool)>();
            var names = (int)Word(headers + ((int)Number(table + (is64 ? 0x28 : 0x18), 4) * size), 0x10, 0x18);
            var (start, length, rowSize) = ((int)Word(table, 0x10, 0x18), (int)Word(table, 0x14, 0x20), is64 ? 24 : 16);
            for (var row = start; row < start + length; row += rowSize)
            {
                var (kind, section) = (file[row + (is64 ? 4 : 12)] & 15, (int)Number(row + (is64 ? 6 : 14), 2));
                if (kind is not (2 or 10) || section == 0)
                {
                    continue;
                }

                section = section == 0xffff ? ExtendedIndex((row - start) / rowSize) : section == 0xfff1 ? -1 : section;
                var name = file.AsSpan(names + (int)Number(row, 4));
                functions.TryAdd(Encoding.Latin1.GetString(name[..name.IndexOf((byte)0)]), (section, Word(row, 4, 8), Word(row, 8, 16) > 0 && kind == 2));
            }

            functions.Remove("");
            return functions;
        }

        int ExtendedIndex(int symbol)
        {
            for (var i = 0; i < count; i++)
            {
                if (Number(headers + (i * size) + 4, 4) == 18)
                {
                    return (int)Number((int)Word(headers + (i * size), 0x10, 0x18) + (4 * symbol), 4);
                }
            }

            throw new InvalidDataException("an index lies in a table that is not there");
        }

        ulong Word(int at, int place32, int place64) => is64 ? Number(at + place64, 8) : Number(at + place32, 4);

        ulong Number(int at, int bytes)
        {
            var field = file.AsSpan(at, bytes);
            return bytes switch
            {
                2 => isBig ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field),
                4 => isBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field),
                _ => isBig ? BinaryPrimitives.ReadUInt64BigEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field),
            };
        }
    }
}
