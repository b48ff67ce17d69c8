using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>Where the assemblers of the known processors read the same characters differently (gas manual, chapter "Machine Dependent Features").</summary>
internal sealed class AssemblySyntax
{
    /// <summary>Whether <c>#</c> starts a comment anywhere; at the start of a line it does on every processor.</summary>
    public required bool HashIsComment { get; init; }

    /// <summary>Whether <c>//</c> starts a comment.</summary>
    public required bool SlashesAreComment { get; init; }

    /// <summary>Whether <c>.align 4</c> means 16 bytes; otherwise 4.</summary>
    public required bool AlignIsPower { get; init; }

    /// <summary>Bytes of a <c>.word</c>.</summary>
    public required int WordSize { get; init; }

    /// <summary>Whether the byte of the highest value comes first in memory.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>How instructions that load constants are recognised.</summary>
    public ConstantLoad Loads { get; init; }

    /// <summary>The syntax of a processor; null for one that was never tried.</summary>
    public static AssemblySyntax? Of(ElfMachine machine) => machine switch
    {
        ElfMachine.X64 => new() { HashIsComment = true, SlashesAreComment = false, AlignIsPower = false, WordSize = 2, Loads = ConstantLoad.X64 },
        ElfMachine.AArch64 => new() { HashIsComment = false, SlashesAreComment = true, AlignIsPower = true, WordSize = 4, Loads = ConstantLoad.AArch64 },
        ElfMachine.S390 => new() { HashIsComment = true, SlashesAreComment = false, AlignIsPower = false, WordSize = 4, IsBigEndian = true },
        ElfMachine.PowerPC64 => new() { HashIsComment = true, SlashesAreComment = false, AlignIsPower = true, WordSize = 2 },
        _ => null,
    };
}
