using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries;

/// <summary>
/// What one compiled object's dump, call graph, symbol table and folding record say: immutable, and a function of their
/// bytes alone. Everything past the readers works on these.
/// </summary>
internal sealed class ObjectSummary
{
    /// <summary>The names that everything below refers to.</summary>
    public required NamePool Names { get; init; }

    /// <summary>The functions, sorted by the bytes of their symbols, each symbol once.</summary>
    public required FunctionEntry[] Functions { get; init; }

    /// <summary>The copies, distinct by (original, copy, reason), sorted.</summary>
    public required CloneEdge[] CloneEdges { get; init; }

    /// <summary>The final calls, distinct, sorted. Calls through a pointer are not among them.</summary>
    public required CallEdge[] CallEdges { get; init; }

    /// <summary>The pairs of functions that run the same code, sorted.</summary>
    public required SharedBody[] SharedBodies { get; init; }

    /// <summary>The pairs that the compiler recorded to have folded, sorted.</summary>
    public required Folding[] Foldings { get; init; }

    /// <summary>The compilers that the object names in <c>.comment</c>, sorted.</summary>
    public required string[] Compilers { get; init; }

    /// <summary>
    /// Language, compiler version and options as the object itself records them (<c>DW_AT_producer</c> or
    /// <c>.GCC.command.line</c>); null when it does not, or when the build's own record is known and this was not read.
    /// </summary>
    public string? Producer { get; init; }

    /// <summary>The processor that the object is for; <see cref="ElfMachine.None"/> without an object.</summary>
    public ElfMachine Machine { get; init; }

    /// <summary>Whether a clone dump was read.</summary>
    public required bool HasDump { get; init; }

    /// <summary>Whether GCC's record of identical code folding was read, so that what it does not name was not folded.</summary>
    public required bool HasFoldingRecord { get; init; }

    /// <summary>Whether a final call graph (<c>-fcallgraph-info</c>) was read.</summary>
    public required bool HasCallGraph { get; init; }

    /// <summary>Whether a symbol table was read, so that it is known which functions have code.</summary>
    public required bool HasSymbolTable { get; init; }

    /// <summary>What was found wrong while reading; locations are the files' paths as they were opened.</summary>
    public required Diagnostic[] Diagnostics { get; init; }

    /// <summary>The symbol of a function.</summary>
    public ReadOnlySpan<byte> SymbolOf(int function) => Names[Functions[function].Symbol];

    /// <summary>The edges that copy the body of a function.</summary>
    public ReadOnlySpan<CloneEdge> CloneEdgesOf(int original)
    {
        var start = FirstEdgeFrom(original);
        return CloneEdges.AsSpan(start, FirstEdgeFrom(original + 1) - start);
    }

    /// <summary>The index of the function of this symbol, or -1.</summary>
    public int FindSymbol(ReadOnlySpan<byte> symbol)
    {
        var (low, high) = (0, Functions.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = SymbolOf(middle).SequenceCompareTo(symbol);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private int FirstEdgeFrom(int original)
    {
        var (low, high) = (0, CloneEdges.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = CloneEdges[middle].Original < original ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
