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
    /// <summary>Whether it accepts a violation that concerns a whole object.</summary>
    /// <param name="selector">The pass that is violated.</param>
    /// <param name="unit">The object.</param>
    public bool Accepts(PassSelector selector, GateUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return Function is null
            && Selector.Covers(selector)
            && (Object is null || PathSuffix.Matches(unit.Object, Object))
            && (SourceFile is null || PathSuffix.Matches(unit.SourceFile, SourceFile));
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
            && (SourceFile is null || PathSuffix.Matches(sourceFile, SourceFile));
    }
}
