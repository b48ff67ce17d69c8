using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Truth;

/// <summary>
/// Asks the comparison whether it sees differences where there are none: a function that nothing else mentions, put before
/// everything, moves all code and data and shifts every number that the compiler gives.
/// </summary>
internal static class NullTest
{
    private static ReadOnlySpan<byte> Unrelated => """
        extern int ipa_oracle_elsewhere(const char *);
        int ipa_oracle_unrelated(int i)
        {
            static int calls;
            static const char *const names[] = { "ipa-oracle one", "ipa-oracle two", "ipa-oracle three" };
            calls += i;
            switch (i) {
            case 0: return ipa_oracle_elsewhere("ipa-oracle zero");
            case 1: return calls + 3;
            case 2: return ipa_oracle_elsewhere(names[calls & 1]);
            case 3: return calls * 7;
            case 4: return ipa_oracle_elsewhere("ipa-oracle four");
            case 5: return calls - 9;
            }
            return ipa_oracle_elsewhere(names[i % 3]);
        }

        """u8;

    /// <summary>The functions that seem to differ: none, if the comparison is right and the compiler decides as before.</summary>
    public static ImmutableArray<CodeDifference> Run(PreparedUnit unit) =>
        TruthFinder.Compile(unit, [.. Unrelated, .. unit.Text], []) is { } variant ? [.. ObjectComparer.Compare(unit.Baseline, variant)] : [];
}
