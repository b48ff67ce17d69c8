using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Gating.Policies;

/// <summary>The known violations of a tree.</summary>
internal sealed class GateBaseline
{
    private readonly HashSet<BaselineEntry> _entries;

    /// <summary>Makes a baseline of entries.</summary>
    public GateBaseline(IEnumerable<BaselineEntry> entries) => _entries = [.. entries];

    /// <summary>The entries, in no order.</summary>
    public IReadOnlyCollection<BaselineEntry> Entries => _entries;

    /// <summary>Whether a violation is known.</summary>
    public bool Knows(BaselineEntry entry) => _entries.Contains(entry);

    /// <summary>The baseline of violations: all that no exception accepts.</summary>
    public static GateBaseline Of(IEnumerable<Violation> violations) =>
        new(violations.Where(v => v.Status != ViolationStatus.Excepted).SelectMany(BaselineEntry.Of));
}
