using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Summaries;

/// <summary>What is known of an object without loading its summary: enough to count, and to tell whether to load it.</summary>
internal sealed record UnitFacts
{
    /// <summary>How many functions have a body in the unit.</summary>
    public required int Functions { get; init; }

    /// <summary>How many distinct (original, copy, reason) its dump holds.</summary>
    public required int CloneEdges { get; init; }

    /// <summary>How many distinct (caller, callee) its call graph holds.</summary>
    public required int CallEdges { get; init; }

    /// <summary>Which passes copied a body in it: bit N stands for <see cref="ClonePasses.All"/>[N], the highest bit for unknown ones.</summary>
    public required uint CloneKinds { get; init; }

    /// <summary>How many pairs the compiler recorded to have folded.</summary>
    public required int Foldings { get; init; }

    /// <inheritdoc cref="ObjectSummary.Compilers"/>
    public required string[] Compilers { get; init; }

    /// <inheritdoc cref="ObjectSummary.Producer"/>
    public string? Producer { get; init; }

    /// <inheritdoc cref="ObjectSummary.Machine"/>
    public ElfMachine Machine { get; init; }

    /// <inheritdoc cref="ObjectSummary.HasDump"/>
    public required bool HasDump { get; init; }

    /// <inheritdoc cref="ObjectSummary.HasFoldingRecord"/>
    public required bool HasFoldingRecord { get; init; }

    /// <inheritdoc cref="ObjectSummary.HasCallGraph"/>
    public required bool HasCallGraph { get; init; }

    /// <inheritdoc cref="ObjectSummary.HasSymbolTable"/>
    public required bool HasSymbolTable { get; init; }

    /// <inheritdoc cref="ObjectSummary.Diagnostics"/>
    public required Diagnostic[] Diagnostics { get; init; }

    /// <summary>The facts of a summary.</summary>
    public static UnitFacts Of(ObjectSummary summary)
    {
        var kinds = 0u;
        foreach (var edge in summary.CloneEdges)
        {
            kinds |= KindOf(ClonePasses.FromReason(summary.Names[edge.Reason]));
        }

        var functions = 0;
        foreach (var function in summary.Functions)
        {
            functions += (function.Traits & FunctionTraits.HasBody) != 0 ? 1 : 0;
        }

        return new UnitFacts
        {
            Functions = functions,
            CloneEdges = summary.CloneEdges.Length,
            CallEdges = summary.CallEdges.Length,
            CloneKinds = kinds,
            Foldings = summary.Foldings.Length,
            Compilers = summary.Compilers,
            Producer = summary.Producer,
            Machine = summary.Machine,
            HasDump = summary.HasDump,
            HasFoldingRecord = summary.HasFoldingRecord,
            HasCallGraph = summary.HasCallGraph,
            HasSymbolTable = summary.HasSymbolTable,
            Diagnostics = summary.Diagnostics,
        };
    }

    /// <summary>The bit of a pass in <see cref="CloneKinds"/>.</summary>
    public static uint KindOf(ClonePass pass) =>
        ClonePasses.All.IndexOf(pass) is >= 0 and var index ? 1u << index : 1u << 31;
}
