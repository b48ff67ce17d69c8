namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>One record of a call graph. Spans point into the text that was read; what a kind has no use for is default.</summary>
internal readonly ref struct CallGraphRecord
{
    /// <summary>What the record tells.</summary>
    public CallGraphRecordKind Kind { get; internal init; }

    /// <summary>Unit: the main source file as it was given to the compiler, or as the line markers of preprocessed text name it.</summary>
    public ReadOnlySpan<byte> MainFile { get; internal init; }

    /// <summary>Function, alias: the assembler name, without the prefix of the main file and one leading <c>*</c>.</summary>
    public ReadOnlySpan<byte> Symbol { get; internal init; }

    /// <summary>Function, alias: the source-level name; for a clone GCC's working name, such as <c>f.constprop</c>. Never parse it for meaning.</summary>
    public ReadOnlySpan<byte> Name { get; internal init; }

    /// <summary>
    /// Function, alias: whether GCC qualified the title with the main file, as it does when the symbol may occur in other units
    /// too: it is static or a weak definition.
    /// </summary>
    public bool IsLocalOrWeak { get; internal init; }

    /// <summary>Function: whether the unit holds its code.</summary>
    public bool IsDefined { get; internal init; }

    /// <summary>Call: the assembler name of the function that holds the call, in the form of <see cref="Symbol"/>.</summary>
    public ReadOnlySpan<byte> Caller { get; internal init; }

    /// <summary>Call: the assembler name of the function called, in the form of <see cref="Symbol"/>; empty if the call is indirect.</summary>
    public ReadOnlySpan<byte> Callee { get; internal init; }

    /// <summary>Alias: the assembler name of the function that it is another name for, in the form of <see cref="Symbol"/>; for an ifunc its resolver.</summary>
    public ReadOnlySpan<byte> Target { get; internal init; }

    /// <summary>Call: whether the function called is not known.</summary>
    public bool IsIndirect { get; internal init; }

    /// <summary>Function, alias: its declaration. Call: its place in the source, which may be in an inlined function; default when GCC has none.</summary>
    public SourceLocation Location { get; internal init; }

    /// <summary>1-based line of the file where the record begins.</summary>
    public int Line { get; internal init; }

    /// <summary>The node that GCC makes for calls of unknown functions; no function, so the reader keeps it to itself.</summary>
    internal bool IsPlaceholder { get; init; }

    /// <summary>Function: whether its label begins without a name or ends with something that GCC does not write there.</summary>
    internal bool HasUnknownDecoration { get; init; }

    /// <summary>What stands behind the last text and is written by no GCC that is known, such as another shape of a node.</summary>
    internal ReadOnlySpan<byte> UnknownPart { get; init; }

    /// <summary>The alias with the function that it is another name for.</summary>
    internal CallGraphRecord WithTarget(ReadOnlySpan<byte> target) => new()
    {
        Kind = Kind,
        Symbol = Symbol,
        Name = Name,
        IsLocalOrWeak = IsLocalOrWeak,
        Target = target,
        Location = Location,
        Line = Line,
    };
}
