using System.Collections.Immutable;
using System.Text;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>One function of the assembly text with everything that belongs to its code.</summary>
internal sealed record AssemblyFunction
{
    /// <summary>The symbol, with the clone numbers of this compile.</summary>
    public required string Symbol { get; init; }

    /// <summary>The source-level function: the symbol without clone suffixes and numbers.</summary>
    public required string Origin { get; init; }

    /// <summary>The kinds of the clone suffixes without their numbers (<c>isra</c>, <c>part.constprop</c>); empty for none.</summary>
    public required string Kind { get; init; }

    /// <summary>The other symbols of the same body, <c>.localalias</c> names left out.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>1-based line of the symbol's label.</summary>
    public required int Line { get; init; }

    /// <summary>
    /// The normalised statements in UTF-8, each with a newline: the body, the <c>.cold</c> part, jump tables, what inline assembly puts
    /// into other sections, and the contents of constants. Equal bytes are equal code.
    /// </summary>
    public required ReadOnlyMemory<byte> Code { get; init; }

    /// <summary>Whether instrumentation made it to report the unit to its run-time library: no function of the source, and not compared.</summary>
    internal bool IsModuleConstructor { get; init; }

    /// <summary>The section anchors that the code mentions.</summary>
    internal ImmutableArray<string> Anchors { get; init; } = [];

    /// <summary>The statements of <see cref="Code"/>, decoded at each call.</summary>
    public IReadOnlyList<string> ReadLines() => Encoding.UTF8.GetString(Code.Span).TrimEnd('\n').Split('\n');
}
