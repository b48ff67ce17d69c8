using System.Text;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>The debug sections of an object by their name without <c>.debug_</c>.</summary>
/// <param name="source">The file.</param>
/// <param name="layout">Its sections.</param>
/// <param name="isEarly">
/// Whether to look at the copies that <c>-flto</c> keeps for the link (<c>.gnu.debuglto_.debug_*</c>), the only ones of an
/// object without machine code.
/// </param>
internal sealed class DebugSections(ByteSource source, ElfLayout layout, bool isEarly) : IDisposable
{
    private readonly Dictionary<string, DebugSection?> _open = new(StringComparer.Ordinal);

    /// <summary>Whether a section that was asked for is damaged.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The sections of a name; the assembler makes several of <c>info</c> under <c>-fdebug-types-section</c>.</summary>
    public IEnumerable<int> IndicesOf(string name) =>
        Enumerable.Range(0, layout.Sections.Length).Where(i => IsCandidate(layout.Sections[i]) && IsNamed(layout.NameOf(layout.Sections[i]), name));

    /// <summary>Whether a section may hold what only tools read; spares most sections the look at their name.</summary>
    public static bool IsCandidate(in ElfSection section) =>
        !section.IsAllocated && !section.IsEmptyInFile && section.Type is not (ElfSection.Relocations or ElfSection.RelocationsWithAddend);

    /// <summary>Opens a section; the caller closes it.</summary>
    public DebugSection? Open(int index)
    {
        var section = DebugSection.Open(source, layout, index, out var isDamaged);
        IsDamaged |= isDamaged;
        return section;
    }

    /// <summary>The first section of a name, or null; it stays open for the next question.</summary>
    public DebugSection? First(string name)
    {
        if (!_open.TryGetValue(name, out var section))
        {
            section = IndicesOf(name).Select(static i => (int?)i).FirstOrDefault() is { } index ? Open(index) : null;
            _open.Add(name, section);
        }

        return section;
    }

    public void Dispose()
    {
        foreach (var section in _open.Values)
        {
            section?.Dispose();
        }
    }

    private bool IsNamed(ReadOnlySpan<byte> text, string name)
    {
        if (isEarly)
        {
            if (!text.StartsWith(".gnu.debuglto_"u8))
            {
                return false;
            }

            text = text[14..];
        }

        // Packed and plain sections stand side by side: those that do not shrink stay plain.
        return (text.StartsWith(".debug_"u8) && Ascii.Equals(text[7..], name))
            || (text.StartsWith(".zdebug_"u8) && Ascii.Equals(text[8..], name));
    }
}
