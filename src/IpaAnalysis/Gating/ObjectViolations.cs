using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating;

/// <summary>Groups objects by what is wrong with all of each: one violation for each pass and set of options.</summary>
internal sealed class ObjectViolations(GatePolicy policy, Acceptance acceptance)
{
    private readonly Dictionary<Key, List<string>> _groups = [];

    /// <summary>Notes that a forbidden pass was enabled for an object.</summary>
    public void AddEnabled(GateUnit unit, ForbiddenPass forbidden, ObjectOptions options)
    {
        var entry = new BaselineEntry(DiagnosticCatalog.ForbiddenPassEnabled.Code, forbidden.Selector.Name, unit.Object, null, null);
        var (status, justification) = acceptance.Judge(forbidden.Selector, unit, entry);
        Add(new Key(
            DiagnosticCatalog.ForbiddenPassEnabled,
            forbidden.Selector,
            forbidden.Severity,
            $"{options.Compiler} {options.Deciding}".TrimEnd(),
            justification ?? forbidden.Justification,
            status), unit.Object);
    }

    /// <summary>Notes that it is unknown which passes ran for an object.</summary>
    public void AddUnknown(GateUnit unit, string problem)
    {
        var entry = new BaselineEntry(DiagnosticCatalog.OptionsUnknown.Code, null, unit.Object, null, null);
        var (status, justification) = acceptance.Judge(null, unit, entry);
        Add(new Key(DiagnosticCatalog.OptionsUnknown, null, policy.Severity, problem, justification, status), unit.Object);
    }

    /// <summary>The violations, in no order; objects in the order in which they came.</summary>
    public IEnumerable<Violation> Violations => _groups.Select(group => new Violation
    {
        Descriptor = group.Key.Descriptor,
        Pass = group.Key.Selector?.Name,
        Severity = group.Key.Severity,
        Evidence = group.Key.Evidence,
        Objects = [.. group.Value],
        Justification = group.Key.Justification,
        Status = group.Key.Status,
    });

    private void Add(Key key, string name)
    {
        if (!_groups.TryGetValue(key, out var objects))
        {
            _groups[key] = objects = [];
        }

        objects.Add(name);
    }

    private sealed record Key(
        DiagnosticDescriptor Descriptor,
        PassSelector? Selector,
        DiagnosticSeverity Severity,
        string Evidence,
        string? Justification,
        ViolationStatus Status);
}
