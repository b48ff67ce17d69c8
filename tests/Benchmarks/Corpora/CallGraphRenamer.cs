using System.Buffers;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Renames the functions and sources of a call graph of <c>-fcallgraph-info</c>, which has them between quotes.</summary>
internal static class CallGraphRenamer
{
    /// <summary>Writes the call graph of a copy.</summary>
    public static void Write(ReadOnlySpan<byte> text, CopyNames names, IBufferWriter<byte> output)
    {
        while (true)
        {
            var start = text.IndexOf((byte)'"');
            var length = start < 0 ? -1 : text[(start + 1)..].IndexOf((byte)'"');
            if (length < 0)
            {
                output.Write(text);
                return;
            }

            var before = text[..(start + 1)];
            var quoted = text.Slice(start + 1, length);
            output.Write(before);
            if (before.EndsWith("label: \""u8))
            {
                WriteLabel(quoted, names, output);
            }
            else if (before.EndsWith("graph: { title: \""u8))
            {
                names.WritePath(quoted, output);
            }
            else
            {
                WriteTitle(quoted, names, output);
            }

            output.Write("\""u8);
            text = text[(start + length + 2)..];
        }
    }

    /// <summary><c>SYMBOL</c>, or <c>PATH:SYMBOL</c> for what is local to the object.</summary>
    private static void WriteTitle(ReadOnlySpan<byte> title, CopyNames names, IBufferWriter<byte> output)
    {
        var colon = title.LastIndexOf((byte)':');
        if (colon >= 0)
        {
            names.WritePath(title[..(colon + 1)], output);
        }

        names.WriteSymbol(title[(colon + 1)..], output);
    }

    /// <summary><c>NAME\nPATH:LINE:COLUMN</c> for a function, <c>PATH:LINE:COLUMN</c> for a call; anything else is the compiler's.</summary>
    private static void WriteLabel(ReadOnlySpan<byte> label, CopyNames names, IBufferWriter<byte> output)
    {
        var end = label.IndexOf("\\n"u8);
        if (end >= 0)
        {
            names.WriteSymbol(label[..end], output);
            output.Write("\\n"u8);
            names.WritePath(label[(end + 2)..], output);
        }
        else if (label.Contains((byte)':'))
        {
            names.WritePath(label, output);
        }
        else
        {
            output.Write(label);
        }
    }
}
