using System.Collections.Immutable;

namespace IpaAnalysis.Passes;

/// <summary>
/// The one catalogue of interprocedural passes. Levels and versions: <c>-Q --help=optimizers</c> of GCC 11 to 16 and the
/// GCC manual, "Optimize Options"; policies: what those compilers switch off for <c>-flive-patching</c>.
/// </summary>
internal static class IpaPasses
{
    private const OptimizationLevels FromO0 = OptimizationLevels.All;
    private const OptimizationLevels FromOg = OptimizationLevels.FromOg;
    private const OptimizationLevels FromO1 = OptimizationLevels.FromOg & ~OptimizationLevels.Og;
    private const OptimizationLevels FromO2 = OptimizationLevels.FromO2;
    private const OptimizationLevels O3 = OptimizationLevels.O3;
    private const OptimizationLevels Never = OptimizationLevels.None;

    /// <summary>Every pass, sorted by name.</summary>
    public static ImmutableArray<IpaPass> All { get; } =
    [
        new("devirtualize", "calls through a pointer become calls of the function they are known to reach", 0, FromO2, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.None),
        new("devirtualize-speculatively", "calls through a pointer try the likely function first", 0, FromO2, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.None),
        new("early-inlining", "callers hold the body of small functions", 0, FromO0, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.None),
        new("inline", "callers hold the callee's body", 0, FromOg, FactFlow.CalleeToCallers, PassEvidence.CloneDump, PassPolicies.None) { Leaves = ClonePasses.Inline },
        new("inline-functions", "callers hold the body of functions not declared inline", 0, FromO2, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.None) { Requires = "inline" },
        new("inline-functions-called-once", "the only caller holds the callee's body", 0, FromO1, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.None) { Requires = "inline" },
        new("inline-small-functions", "callers hold the body of small functions", 0, FromO2, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.None) { Requires = "inline" },
        new("ipa-bit-cp", "a callee is compiled for the bits its callers are known to pass", 0, FromO2, FactFlow.CallersToCallee, PassEvidence.Options, PassPolicies.Both) { Requires = "ipa-cp" },
        new("ipa-cp", "a copy of the callee is compiled for constants its callers pass", 0, FromO2, FactFlow.CallersToCallee, PassEvidence.CloneDump, PassPolicies.InlineOnlyStatic) { Leaves = ClonePasses.Constprop },
        new("ipa-cp-clone", "more copies of the callee are compiled for constants its callers pass", 0, O3, FactFlow.CallersToCallee, PassEvidence.CloneDump, PassPolicies.InlineOnlyStatic) { Leaves = ClonePasses.Constprop, Requires = "ipa-cp" },
        new("ipa-icf", "functions and variables of equal content share one", 0, FromO2, FactFlow.WholeModule, PassEvidence.FoldingRecord, PassPolicies.Both),
        new("ipa-icf-functions", "functions of equal code share one body", 0, FromO2, FactFlow.WholeModule, PassEvidence.FoldingRecord, PassPolicies.Both) { PartOf = "ipa-icf" },
        new("ipa-icf-variables", "variables of equal content share one", 0, FromO2, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.Both) { PartOf = "ipa-icf" },
        new("ipa-modref", "callers rely on what memory the callee reads and writes", 11, FromO1, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.Both),
        new("ipa-profile", "functions are placed by how often their callers run", 0, FromOg, FactFlow.CallersToCallee, PassEvidence.Options, PassPolicies.None),
        new("ipa-pta", "every function relies on where pointers of the unit can point", 0, Never, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.Both),
        new("ipa-pure-const", "callers rely on the callee having no side effects or not returning", 0, FromOg, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.Both),
        new("ipa-ra", "callers rely on which registers the callee leaves alone", 0, FromO2, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.Both),
        new("ipa-reference", "callers rely on which static variables the callee touches", 0, FromOg, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.Both),
        new("ipa-reference-addressable", "functions rely on static variables never being written, read or pointed to", 9, FromOg, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.Both),
        new("ipa-reorder-for-locality", "functions are copied beside their callers", 15, Never, FactFlow.CalleeToCallers, PassEvidence.CloneDump, PassPolicies.None) { Leaves = ClonePasses.LocalityClone },
        new("ipa-sra", "a copy of the callee takes other parameters, and its callers pass them", 0, FromO2, FactFlow.CallersToCallee, PassEvidence.CloneDump, PassPolicies.InlineOnlyStatic) { Leaves = ClonePasses.Isra },
        new("ipa-stack-alignment", "callers rely on how the callee aligns the stack", 9, FromO0, FactFlow.CalleeToCallers, PassEvidence.Options, PassPolicies.Both),
        new("ipa-strict-aliasing", "other passes may take types into account", 12, FromO0, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.None),
        new("ipa-vrp", "a callee is compiled for the value ranges its callers pass", 0, FromO2, FactFlow.CallersToCallee, PassEvidence.Options, PassPolicies.Both) { Requires = "ipa-cp", IndependentSince = 14 },
        new("partial-inlining", "callers hold the first part of the callee's body", 0, FromO2, FactFlow.CalleeToCallers, PassEvidence.CloneDump, PassPolicies.InlineOnlyStatic) { Leaves = ClonePasses.Part },
        new("speculatively-call-stored-functions", "calls through a member of a structure try the function that the unit stores there first", 16, FromO2, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.None),
        new("whole-program", "every function of the unit counts as called from it alone", 0, Never, FactFlow.WholeModule, PassEvidence.Options, PassPolicies.Both),
    ];

    /// <summary>The pass of an option name without <c>-f</c>; null when it is in no catalogue.</summary>
    public static IpaPass? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    /// <summary>The passes that a policy forbids, sorted by name.</summary>
    public static ImmutableArray<IpaPass> ForbiddenBy(PassPolicies policy) => [.. All.Where(p => (p.ForbiddenBy & policy) != 0)];
}
