using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Reads the compiler and the options that an object file itself records.</summary>
/// <remarks>
/// <para>
/// <c>DW_AT_producer</c> of the first compile unit that GCC's C or C++ compiler made comes before <c>.GCC.command.line</c>;
/// GCC 11 and later write the same text to both. DWARF 2 to 5, 32 and 64-bit, also packed by zlib, also the copies that
/// <c>-flto</c> keeps for the link. Under <c>-gsplit-dwarf</c> the producer is in the <c>.dwo</c> file and not read.
/// </para>
/// <para>
/// The answer holds for one translation unit. In what <c>ld</c> joined (also <c>ld -r</c>) others may have been compiled
/// differently: the first unit's answer is given. The strings of GCC 10 and older cannot be told apart by unit there,
/// and nothing is given. A value that holds a blank followed by a minus sign looks like two options.
/// </para>
/// </remarks>
internal static class ElfProducerReader
{
    // Enough for a thousand units of assembly language before the first one of C.
    private const long ReadLimit = 64 * 1024 * 1024;

    /// <summary>Reads what an object records; only the few ranges of the file that this needs.</summary>
    /// <param name="source">The bytes that <paramref name="elf"/> was read from.</param>
    /// <param name="elf">The object.</param>
    /// <param name="file">The path for diagnostics.</param>
    /// <param name="diagnostics">
    /// Receives a <see cref="DiagnosticCatalog.ObjectFile"/> when the sections that should tell are damaged and nothing was found.
    /// </param>
    /// <returns>
    /// What is recorded. Null when there is nothing: no debugging information and no switches, a unit of another compiler or
    /// of the assembler, <c>-gno-record-gcc-switches</c>, a packing other than zlib, or no such unit in the first 64 MiB looked at.
    /// </returns>
    public static RecordedProducer? Read(ByteSource source, ElfObject elf, string file, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(elf);
        ArgumentNullException.ThrowIfNull(diagnostics);
        using var limited = new LimitedByteSource(source, ReadLimit);
        var isDamaged = false;
        var producer = FromDebugInformation(limited, elf.Layout, isEarly: false, ref isDamaged)
            ?? FromDebugInformation(limited, elf.Layout, isEarly: true, ref isDamaged)
            ?? CommandLineSection.Read(limited, elf.Layout, ref isDamaged);
        if (producer is null && isDamaged && !limited.IsExhausted)
        {
            diagnostics.Add(DiagnosticCatalog.ObjectFile.At(
                file, 0, "The sections that record the compiler's options (.debug_*, .GCC.command.line) lie outside the file or are damaged; compile the object again."));
        }

        return producer;
    }

    private static RecordedProducer? FromDebugInformation(ByteSource source, ElfLayout layout, bool isEarly, ref bool isDamaged)
    {
        using var sections = new DebugSections(source, layout, isEarly);
        var search = new ProducerSearch(sections, layout.Encoding);
        var text = search.Run();
        isDamaged |= search.IsDamaged;

        // The compiler always has at least the option that asked for this; a bare version is -gno-record-gcc-switches.
        return text is not null && ProducerText.Parse(text, ProducerOrigin.Producer) is { Words.IsEmpty: false } producer ? producer : null;
    }
}
