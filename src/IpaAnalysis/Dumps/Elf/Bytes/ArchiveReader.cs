using System.Globalization;
using System.Text;

namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>
/// Lists the files in an archive of <c>ar</c> (binutils, <c>include/aout/ar.h</c>; long names as GNU and BSD write them). A thin
/// archive only names files that lie elsewhere, and holds none.
/// </summary>
internal static class ArchiveReader
{
    private const int MagicLength = 8;
    private const int HeaderLength = 60;
    private const int NameLength = 16;

    /// <summary>Lists the members.</summary>
    /// <param name="source">The file.</param>
    /// <param name="isDamaged">Whether the list ends early, because a header makes no sense.</param>
    /// <returns>The members in their order; null when the file is no archive that holds its members.</returns>
    public static List<ArchiveMember>? Read(ByteSource source, out bool isDamaged)
    {
        isDamaged = false;
        Span<byte> header = stackalloc byte[HeaderLength];
        if (!source.TryRead(0, header[..MagicLength]) || !header.StartsWith("!<arch>\n"u8))
        {
            return null;
        }

        var members = new List<ArchiveMember>();
        ReadOnlyMemory<byte> longNames = default;
        for (long at = MagicLength; at < source.Length;)
        {
            if (!source.TryRead(at, header)
                || !header.EndsWith("`\n"u8)
                || !long.TryParse(header[48..58].TrimEnd((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length > source.Length - at - HeaderLength)
            {
                isDamaged = true;
                return members;
            }

            var start = at + HeaderLength;
            var name = header[..NameLength].TrimEnd((byte)' ');
            at = start + length + (length & 1);
            if (name.SequenceEqual("//"u8))
            {
                isDamaged |= !source.TryGet(start, length, out longNames);
            }
            else if (!name.SequenceEqual("/"u8) && !name.SequenceEqual("/SYM64/"u8))
            {
                members.Add(Member(source, name, longNames.Span, start, length));
            }
        }

        return members;
    }

    private static ArchiveMember Member(ByteSource source, ReadOnlySpan<byte> name, ReadOnlySpan<byte> longNames, long start, long length)
    {
        if (name.StartsWith("#1/"u8) && long.TryParse(name[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= length && count <= 4096 && source.TryGet(start, count, out var bytes))
        {
            return new ArchiveMember(Encoding.UTF8.GetString(bytes.Span.TrimEnd((byte)0)), start + count, length - count);
        }

        if (name.Length > 1 && name[0] == (byte)'/' && int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset < longNames.Length)
        {
            name = longNames[offset..];
            var end = name.IndexOf((byte)'\n');
            name = end < 0 ? name : name[..end];
        }

        return new ArchiveMember(Encoding.UTF8.GetString(name.EndsWith("/"u8) ? name[..^1] : name), start, length);
    }
}
