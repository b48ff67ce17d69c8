using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Gating.Policies;

/// <summary>A known violation, by what stays the same when lines move.</summary>
/// <param name="Code">The code.</param>
/// <param name="Pass">The pass; null when the object's options are unknown.</param>
/// <param name="Object">The object.</param>
/// <param name="Function">The function; null when the whole object is concerned.</param>
/// <param name="SourceFile">Where the function is declared; null when unknown.</param>
internal sealed record BaselineEntry(string Code, string? Pass, string Object, string? Function, string? SourceFile)
{
    /// <summary>The entries of a violation, one for each object.</summary>
    public static IEnumerable<BaselineEntry> Of(Violation violation)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return violation.Objects.Select(o => new BaselineEntry(
            violation.Descriptor.Code, violation.Pass, o, violation.Function, violation.SourceFile));
    }
}
