using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Impact;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating.Policies;

/// <summary>Violations that the user accepts.</summary>
/// <param name="Selector">The pass.</param>
/// <param name="Justification">Why they are acceptable.</param>
/// <param name="Object">Only in this object: whole path components from the end; null for any.</param>
/// <param name="Function">Only of this function, by source-level name or symbol; null for any.</param>
/// <param name="SourceFile">Only in this source file: whole path components from the end; null for any.</param>
internal sealed record GateExemption(
    PassSelector Selector, string Justification, string? Object = null, string? Function = null, string? SourceFile = null)
{
    /// <summary>
    /// The absolute path that <see cref="SourceFile"/> is when it is no end of a path but a path from the project's directory; null when
    /// there is no such directory.
    /// </summary>
    public string? SourcePath { get; init; }

    /// <summary>Whether it accepts a violation that concerns a whole object.</summary>
    /// <param name="selector">The pass that is violated.</param>
    /// <param name="unit">The object.</param>
    public bool Accepts(PassSelector selector, GateUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return Function is null
            && Selector.Covers(selector)
            && (Object is null || PathSuffix.Matches(unit.Object, Object))
            && IsIn(unit, unit.SourceFile);
    }

    /// <summary>Whether it accepts a violation in one function.</summary>
    /// <param name="selector">The pass that is violated.</param>
    /// <param name="unit">The object.</param>
    /// <param name="function">The function.</param>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="sourceFile">Where it is declared, in the manifest's form.</param>
    public bool Accepts(PassSelector selector, GateUnit unit, string function, string symbol, string? sourceFile)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return Selector.Covers(selector)
            && (Object is null || PathSuffix.Matches(unit.Object, Object))
            && (Function is null || Function == function || Function == symbol)
            && IsIn(unit, sourceFile);
    }

    /// <summary>Whether the file is the one that is named: its path ends so, or the unit writes the named path as it writes the file's.</summary>
    private bool IsIn(GateUnit unit, string? sourceFile) =>
        SourceFile is null
        || PathSuffix.Matches(sourceFile, SourceFile)
        || (SourcePath is not null && sourceFile is not null && unit.Paths.Normalize(SourcePath, null) == sourceFile);
}
