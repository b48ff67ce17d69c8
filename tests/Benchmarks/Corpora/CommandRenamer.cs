using System.Buffers;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Renames the target and the source in one of kbuild's <c>.cmd</c> files.</summary>
internal static class CommandRenamer
{
    /// <summary>Writes the command of a copy.</summary>
    public static void Write(ReadOnlySpan<byte> text, CopyNames names, IBufferWriter<byte> output)
    {
        // `cmd_TARGET := …`, or `savedcmd_TARGET := …`; then `source_TARGET := SOURCE`.
        var end = text.IndexOf(" :="u8);
        var start = end < 0 ? -1 : text[..end].IndexOf((byte)'_');
        if (start < 0)
        {
            output.Write(text);
            return;
        }

        var target = text[(start + 1)..end];
        var source = SourceOf(text);
        while (true)
        {
            var (at, length) = Next(text, target, source);
            if (at < 0)
            {
                output.Write(text);
                return;
            }

            output.Write(text[..at]);
            names.WritePath(text.Slice(at, length), output);
            text = text[(at + length)..];
        }
    }

    private static ReadOnlySpan<byte> SourceOf(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOf("\nsource_"u8);
        if (start < 0)
        {
            return [];
        }

        var line = text[(start + 1)..];
        var end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        var value = line.IndexOf(" := "u8);
        return value < 0 ? [] : line[(value + 4)..].Trim((byte)' ');
    }

    /// <summary>Where the target or the source comes next, as a whole word's start and not inside a longer path.</summary>
    private static (int At, int Length) Next(ReadOnlySpan<byte> text, ReadOnlySpan<byte> target, ReadOnlySpan<byte> source)
    {
        var (first, second) = (Find(text, target), Find(text, source));
        return first >= 0 && (second < 0 || first < second) ? (first, target.Length) : (second, source.Length);
    }

    private static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> path)
    {
        var from = 0;
        while (!path.IsEmpty)
        {
            var at = text[from..].IndexOf(path);
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (at == 0 || text[at - 1] is (byte)' ' or (byte)'_')
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }
}
