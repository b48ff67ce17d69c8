using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>What an object that is still to be linked says about where its code comes from.</summary>
/// <param name="Machine">The processor.</param>
/// <param name="HasCode">Whether a section of code has bytes or at least a size.</param>
/// <param name="SourceNames">
/// The names of the compiled files (<c>STT_FILE</c>), distinct and sorted: GCC writes the base name of each source, and
/// <c>ld -r</c> keeps those of all objects that it joined.
/// </param>
/// <param name="Language">The language that the compiler recorded (<c>DW_AT_producer</c>), such as <c>GNU C17</c>; empty when unknown.</param>
/// <param name="IsFromGcc">Whether GCC compiled it (<c>.comment</c>), or part of it; the assembler alone writes no such thing.</param>
/// <param name="IsLto">Whether it holds GCC's intermediate form (<c>.gnu.lto_*</c>), perhaps instead of code.</param>
/// <param name="IsDamaged">Whether its sections cannot be read, so that nothing else is known.</param>
internal sealed record ElfOrigin(ElfMachine Machine, bool HasCode, ImmutableArray<string> SourceNames, string Language, bool IsFromGcc, bool IsLto, bool IsDamaged)
{
    // e_ident and e_type.
    private const int HeadLength = 18;
    private const int RelocatableType = 1;

    /// <summary>Reads the head of a file, and of an object to be linked the sections that tell.</summary>
    /// <returns>Null when the file is no such object.</returns>
    public static ElfOrigin? Read(ByteSource source)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        if (!source.TryRead(0, head) || !head.StartsWith("\u007fELF"u8) || head[head[5] == 2 ? 17 : 16] != RelocatableType
            || head[head[5] == 2 ? 16 : 17] != 0)
        {
            return null;
        }

        if (ElfLayout.Read(source, out _) is not { } layout)
        {
            return new ElfOrigin(ElfMachine.None, HasCode: false, [], "", IsFromGcc: false, IsLto: false, IsDamaged: true);
        }

        var hasCode = Array.Exists(layout.Sections, static s => s.IsCode && s.Size > 0);
        var isLto = Array.Exists(layout.Sections, s => layout.NameOf(s).StartsWith(".gnu.lto_"u8));
        var (language, isFromGcc) = CompilerOf(source);
        return new ElfOrigin(layout.Machine, hasCode, SourceNamesOf(source, layout), language, isFromGcc, isLto, IsDamaged: false);
    }

    private static ImmutableArray<string> SourceNamesOf(ByteSource source, ElfLayout layout)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (ElfSymbolTable.Find(source, layout, out _) is { } table && table.NamesIn(source) is { } texts)
        {
            for (var i = 1; i < table.Count; i++)
            {
                if (table[i] is { IsFile: true } file && texts.TryGet(file.NameOffset, out var name) && !name.IsEmpty)
                {
                    names.Add(Encoding.UTF8.GetString(name));
                }
            }
        }

        return [.. names];
    }

    private static (string Language, bool IsFromGcc) CompilerOf(ByteSource source)
    {
        // Damage is told by whoever reads the unit.
        var ignored = new DiagnosticBag();
        if (ElfObject.Read(source, "", ignored) is not { } elf)
        {
            return ("", false);
        }

        var isFromGcc = elf.Compilers.Any(static c => c.StartsWith("GCC:", StringComparison.Ordinal));
        return (ElfProducerReader.Read(source, elf, "", ignored)?.Language ?? "", isFromGcc);
    }
}
