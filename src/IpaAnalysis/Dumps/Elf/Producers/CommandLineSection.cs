using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Reads <c>.GCC.command.line</c>.</summary>
internal static class CommandLineSection
{
    // A linked image has the strings of all its units; the first one is all that is asked for.
    private const long Limit = 256 * 1024;

    /// <summary>What the section of an object records.</summary>
    /// <param name="source">The file.</param>
    /// <param name="layout">Its sections.</param>
    /// <param name="isDamaged">Set when the section lies outside the file.</param>
    public static RecordedProducer? Read(ByteSource source, ElfLayout layout, ref bool isDamaged)
    {
        foreach (ref readonly var section in layout.Sections.AsSpan())
        {
            if (!DebugSections.IsCandidate(section) || section.IsCompressed || !layout.NameOf(section).SequenceEqual(".GCC.command.line"u8))
            {
                continue;
            }

            if (section.Offset > (ulong)source.Length || section.Size > (ulong)source.Length - section.Offset)
            {
                isDamaged = true;
                return null;
            }

            return source.TryGet((long)section.Offset, Math.Min((long)section.Size, Limit), out var bytes) ? Parse(bytes.Span) : null;
        }

        return null;
    }

    private static RecordedProducer? Parse(ReadOnlySpan<byte> bytes)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var files = 0;
        foreach (var range in bytes.Split((byte)0))
        {
            var text = bytes[range];
            if (ProducerText.IsGnuC(text))
            {
                return ProducerText.Parse(Encoding.UTF8.GetString(text), ProducerOrigin.CommandLineSection);
            }

            if (text.StartsWith("-"u8))
            {
                ProducerText.AddWords(words, Encoding.UTF8.GetString(text));
            }
            else if (!text.IsEmpty && !text.StartsWith("GNU "u8))
            {
                words.Add(Encoding.UTF8.GetString(text));
                files++;
            }
        }

        // GCC 10 and older: one string for each switch and one for the source file; two files are two units, mixed by the linker.
        // Clang writes its whole command as one string.
        return words.Count > files && files <= 1
            ? new() { Language = "", Version = "", Words = words.ToImmutable(), Origin = ProducerOrigin.CommandLineSection }
            : null;
    }
}
