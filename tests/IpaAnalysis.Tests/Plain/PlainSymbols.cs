using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.Tests.Plain;

/// <summary>
/// Reads the function symbols of a 64-bit object, in either byte order, from the tables themselves; written apart from the
/// package's reader, which it is a check of.
/// </summary>
internal static class PlainSymbols
{
    /// <summary>The defined functions of an object; null without a symbol table.</summary>
    public static Dictionary<string, (int Section, ulong Value, bool HasCode)>? Read(byte[] file)
    {
        var isBig = file[5] == 2;
        if (file[4] != 2)
        {
            throw new NotSupportedException("only 64-bit objects are read");
        }

        var (headers, size, count) = ((int)Number(0x28, 8), (int)Number(0x3a, 2), (int)Number(0x3c, 2));
        count = count == 0 ? (int)Number(headers + 0x20, 8) : count;
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
            var names = (int)Number(headers + ((int)Number(table + 0x28, 4) * size) + 0x18, 8);
            var (start, length) = ((int)Number(table + 0x18, 8), (int)Number(table + 0x20, 8));
            for (var row = start; row < start + length; row += 24)
            {
                var (kind, section) = (file[row + 4] & 15, (int)Number(row + 6, 2));
                if (kind is not (2 or 10) || section == 0)
                {
                    continue;
                }

                section = section == 0xffff ? ExtendedIndex((row - start) / 24) : section == 0xfff1 ? -1 : section;
                var name = file.AsSpan(names + (int)Number(row, 4));
                functions.TryAdd(Encoding.Latin1.GetString(name[..name.IndexOf((byte)0)]), (section, Number(row + 8, 8), Number(row + 16, 8) > 0 && kind == 2));
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
                    return (int)Number((int)Number(headers + (i * size) + 0x18, 8) + (4 * symbol), 4);
                }
            }

            throw new InvalidDataException("an index lies in a table that is not there");
        }

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
