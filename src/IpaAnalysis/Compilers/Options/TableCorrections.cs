using System.Collections.Immutable;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>
/// Corrects a compiler's table of options where it is known to say something else than what the compiler does. Only what was
/// seen in code of GCC 11 and 12 is taken away: a pass reported too much is safer than one too little. So ipa-ra stays on
/// targets where GCC 12 never does it (S/390, PowerPC) and a later one may.
/// </summary>
internal static class TableCorrections
{
    // Without -O, GCC inlines what is always_inline and nothing else, whatever these say, and makes no copies
    // (gates of the passes, early_inliner and can_inline_edge_p in gcc/ipa-*.cc).
    private static readonly ImmutableArray<string> s_needOptimization =
    [
        "early-inlining", "inline", "inline-functions", "inline-functions-called-once", "inline-small-functions",
        "ipa-cp", "ipa-cp-clone", "ipa-sra", "partial-inlining",
    ];

    /// <summary>The passes that act, sorted.</summary>
    /// <param name="answer">What the compiler's table says.</param>
    /// <param name="facts">What the options say.</param>
    /// <param name="major">The compiler's major version.</param>
    public static ImmutableArray<string> Apply(OptimizerAnswer answer, FlagFacts facts, int major)
    {
        var enabled = answer.Enabled.ToHashSet(StringComparer.Ordinal);

        // process_options in gcc/toplev.cc: no register use is tracked where something is called or patched in behind the compiler's back.
        if (facts.Profiles || facts.IsPatchable)
        {
            enabled.Remove("ipa-ra");
        }

        if (!facts.Optimizes)
        {
            enabled.ExceptWith(s_needOptimization);
        }

        // -fipa-icf only switches these two (finish_options and common_handle_option in gcc/opts.cc).
        if (!IpaPasses.All.Any(p => p.PartOf == "ipa-icf" && enabled.Contains(p.Name)))
        {
            enabled.Remove("ipa-icf");
        }

        // The catalogue is sorted by name, not by need: what needs something inert is inert as well.
        bool changed;
        do
        {
            changed = false;
            foreach (var pass in IpaPasses.All)
            {
                changed |= IsInert(pass, enabled, major) && enabled.Remove(pass.Name);
            }
        }
        while (changed);

        return [.. enabled.Order(StringComparer.Ordinal)];
    }

    private static bool IsInert(IpaPass pass, HashSet<string> enabled, int major) =>
        pass.Requires is { } required
        && !enabled.Contains(required)
        && (pass.IndependentSince == 0 || major < pass.IndependentSince);
}
