using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Gating;

/// <summary>What is forbidden in an object, by what shows it.</summary>
internal sealed class GateRules
{
    /// <summary>Sorts what is forbidden.</summary>
    /// <param name="forbidden">The passes.</param>
    /// <param name="externalInlining">How bad it is that a function with external linkage was inlined; null where it may be.</param>
    public GateRules(ImmutableArray<ForbiddenPass> forbidden, DiagnosticSeverity? externalInlining = null)
    {
        Forbidden = forbidden;

        // The strictest first: each clone is reported once.
        Kinds = forbidden.Where(f => f.Selector.Kind is not null)
            .GroupBy(f => f.Selector.Kind!)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(f => f.Severity).ToArray());

        // A policy that forbids all inlining says the same of each function already.
        ExternalInlining = externalInlining is { } severity && !Kinds.ContainsKey(ClonePasses.Inline)
            ? new ForbiddenPass(PassSelector.Find(ClonePasses.Inline.Name)!, severity)
            : null;

        // The whole stands for its parts.
        Folding = forbidden.FirstOrDefault(f => f.Selector.Passes.Any(p => p.Evidence == PassEvidence.FoldingRecord));
    }

    /// <summary>Everything.</summary>
    public ImmutableArray<ForbiddenPass> Forbidden { get; }

    /// <summary>What a line of the clone dump shows.</summary>
    public IReadOnlyDictionary<ClonePass, ForbiddenPass[]> Kinds { get; }

    /// <summary>Inlining of functions with external linkage; null where it is allowed or forbidden with all inlining.</summary>
    public ForbiddenPass? ExternalInlining { get; }

    /// <summary>What the compiler's record of folding shows; null where folding is allowed.</summary>
    public ForbiddenPass? Folding { get; }

    /// <summary>Whether only the options can tell whether some pass acted.</summary>
    public bool NeedOptions(UnitFacts facts) => Forbidden.Any(f => f.Selector.Passes.Any(p => p.Evidence switch
    {
        PassEvidence.CloneDump => !facts.HasDump || f.Selector.IsOneOfSeveral,
        PassEvidence.FoldingRecord => !facts.HasFoldingRecord,
        _ => true,
    }));

    /// <summary>Whether the options decide whether a pass acted.</summary>
    public bool AreOptionsDecisive(IpaPass pass, DiagnosticSeverity severity, UnitFacts facts)
    {
        // Where the whole is judged by options, its parts are in it, unless one is worse.
        if (pass.PartOf is not null && !facts.HasFoldingRecord && Forbidden.Any(f => f.Selector.Name == pass.PartOf && f.Severity >= severity))
        {
            return false;
        }

        return pass.Evidence switch
        {
            PassEvidence.CloneDump => !facts.HasDump,
            PassEvidence.FoldingRecord => !facts.HasFoldingRecord,
            _ => true,
        };
    }
}
