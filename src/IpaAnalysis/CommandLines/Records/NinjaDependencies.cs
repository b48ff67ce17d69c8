using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.CommandLines.Records;

/// <summary>
/// Reads <c>.ninja_deps</c>, where Ninja keeps what compilers said they read (ninja, <c>src/deps_log.cc</c>, formats 3 and 4), as it deletes the
/// compilers' own files.
/// </summary>
internal static class NinjaDependencies
{
    // The highest bit of a record's size: dependencies of an output, else the next path.
    private const uint IsDependencies = 0x80000000;

    private static ReadOnlySpan<byte> Signature => "# ninjadeps\n"u8;

    /// <summary>What each output was made from, as written: relative to the directory of the file. A later record replaces an earlier one.</summary>
    /// <returns>What could be read: nothing of a foreign file, and of a damaged one what comes before the damage.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(ReadOnlySpan<byte> content)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (!content.StartsWith(Signature) || content.Length < Signature.Length + sizeof(int))
        {
            return found;
        }

        content = content[Signature.Length..];
        var version = BinaryPrimitives.ReadInt32LittleEndian(content);
        if (version is not (3 or 4))
        {
            return found;
        }

        content = content[sizeof(int)..];
        var timeLength = version == 3 ? sizeof(int) : sizeof(long);
        var paths = new List<string>();
        while (content.Length >= sizeof(uint))
        {
            var head = BinaryPrimitives.ReadUInt32LittleEndian(content);
            var size = (int)(head & ~IsDependencies);
            content = content[sizeof(uint)..];
            if (size > content.Length || size % sizeof(int) != 0)
            {
                break;
            }

            var record = content[..size];
            content = content[size..];
            if ((head & IsDependencies) == 0)
            {
                if (size < sizeof(int))
                {
                    break;
                }

                // Padded with up to three NULs, and a checksum behind.
                paths.Add(Encoding.UTF8.GetString(record[..^sizeof(int)].TrimEnd((byte)0)));
            }
            else if (size < sizeof(int) + timeLength || !Add(record, timeLength, paths, found))
            {
                break;
            }
        }

        return found;
    }

    private static bool Add(ReadOnlySpan<byte> record, int timeLength, List<string> paths, Dictionary<string, IReadOnlyList<string>> found)
    {
        var output = BinaryPrimitives.ReadInt32LittleEndian(record);
        var numbers = record[(sizeof(int) + timeLength)..];
        var names = new string[numbers.Length / sizeof(int)];
        for (var i = 0; i < names.Length; i++)
        {
            var number = BinaryPrimitives.ReadInt32LittleEndian(numbers[(i * sizeof(int))..]);
            if ((uint)number >= (uint)paths.Count)
            {
                return false;
            }

            names[i] = paths[number];
        }

        if ((uint)output >= (uint)paths.Count)
        {
            return false;
        }

        found[paths[output]] = names;
        return true;
    }
}
