using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Gating.Violations;

/// <summary>A pass that acted, or may have, although it is forbidden.</summary>
internal sealed record Violation
{
    /// <summary>The code.</summary>
    public required DiagnosticDescriptor Descriptor { get; init; }

    /// <summary>The pass as the user or the policy names it; null when it is unknown which passes ran.</summary>
    public required string? Pass { get; init; }

    /// <summary>How bad it is.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>The object, for a violation in one function; else null.</summary>
    public string? Object { get; init; }

    /// <summary>The function whose body was copied or folded; null for whole objects.</summary>
    public string? Function { get; init; }

    /// <summary>
    /// Where the function is declared, in the manifest's form; null when unknown. For a folded function that nothing else tells
    /// of, where GCC reports the folding: at the function that it was folded into.
    /// </summary>
    public string? SourceFile { get; init; }

    /// <summary>The same as a path that can be opened; null when unknown.</summary>
    public string? SourcePath { get; init; }

    /// <summary>1-based line of the declaration, 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>1-based column of the declaration, 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>What shows it: the line of the dump, or compiler and options.</summary>
    public required string Evidence { get; init; }

    /// <summary>The objects that it holds for, sorted; one for a violation in one function.</summary>
    public required ImmutableArray<string> Objects { get; init; }

    /// <summary>Why it is accepted, or else why the pass is forbidden; null when nobody says.</summary>
    public string? Justification { get; init; }

    /// <summary>What it means for the verdict.</summary>
    public required ViolationStatus Status { get; init; }

    /// <summary>Whether it concerns whole objects rather than one function.</summary>
    public bool IsAggregate => Object is null;
}
