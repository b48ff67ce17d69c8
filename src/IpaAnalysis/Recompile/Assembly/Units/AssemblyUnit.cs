using System.Collections.Immutable;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>What a compiler's assembly output of one translation unit defines, each function in a form that two compiles can be compared by.</summary>
internal sealed record AssemblyUnit
{
    /// <summary>The processor the text was read for.</summary>
    public required ElfMachine Machine { get; init; }

    /// <summary>Whether the processor's syntax is known; if not, nothing was read.</summary>
    public required bool IsMachineKnown { get; init; }

    /// <summary>The functions in the order of the text.</summary>
    public ImmutableArray<AssemblyFunction> Functions { get; init; } = [];

    /// <summary>
    /// Symbols set to another symbol (<c>.set</c>, <c>=</c>), in the order of the text: aliases of the source, functions that identical
    /// code folding made one, and GCC's own <c>.localalias</c> names.
    /// </summary>
    public ImmutableArray<AssemblyAlias> Aliases { get; init; } = [];

    /// <summary>The variables that are defined, in the order of the text; function-local ones with their number.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>Code of inline assembly at top level, normalised: no function's.</summary>
    public ReadOnlyMemory<byte> TopLevelCode { get; init; }

    /// <summary>
    /// Whether code reaches variables through section anchors (<c>.LANCHOR0</c>). An offset that an instruction adds to an anchor in a
    /// register is a plain number, and moves when the variables of the unit are placed in another order. The comparison knows the
    /// places, but where an offset becomes too large for an instruction or is no longer zero, code differs by that alone. Both texts
    /// compiled with <c>-fno-section-anchors</c> show whether it does.
    /// </summary>
    public bool UsesSectionAnchors => !Anchors.IsEmpty;

    internal AnchorMap Anchors { get; init; } = new();

    /// <summary>Whether another unit has the same functions, each with as many statements.</summary>
    internal bool HasShapeOf(AssemblyUnit other) =>
        Functions.Select(static f => (f.Symbol, f.Code.Span.Count((byte)'\n'))).SequenceEqual(other.Functions.Select(static f => (f.Symbol, f.Code.Span.Count((byte)'\n'))));

    /// <summary>What was not understood: with any, a comparison is not exact.</summary>
    public ImmutableArray<AssemblyNote> NotUnderstood { get; init; } = [];
}
