using System.Buffers;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Renames the functions and sources of a clone dump: fields 2 and 7 of a line are symbols, 4 and 9 paths.</summary>
internal static class DumpRenamer
{
    /// <summary>Writes the dump of a copy.</summary>
    public static void Write(ReadOnlySpan<byte> dump, CopyNames names, IBufferWriter<byte> output)
    {
        foreach (var range in dump.Split((byte)'\n'))
        {
            var line = dump[range];
            if (line.StartsWith("Callgraph "u8))
            {
                WriteLine(line, names, output);
            }
            else
            {
                output.Write(line);
            }

            if (range.End.GetOffset(dump.Length) < dump.Length)
            {
                output.Write("\n"u8);
            }
        }
    }

    private static void WriteLine(ReadOnlySpan<byte> line, CopyNames names, IBufferWriter<byte> output)
    {
        var field = 0;
        foreach (var range in line.Split((byte)';'))
        {
            if (field > 0)
            {
                output.Write(";"u8);
            }

            switch (field++)
            {
                case 1 or 6:
                    names.WriteSymbol(line[range], output);
                    break;
                case 3 or 8:
                    names.WritePath(line[range], output);
                    break;
                default:
                    output.Write(line[range]);
                    break;
            }
        }
    }
}
