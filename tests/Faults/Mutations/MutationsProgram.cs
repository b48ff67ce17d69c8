using System.Globalization;
using IpaAnalysis.Faults.Cases;

namespace IpaAnalysis.Faults.Mutations;

/// <summary>Damaged dumps, call graphs and folding records, a million of them.</summary>
internal sealed class MutationsProgram : IFaultProgram
{
    private const int Mutations = 1_000_000;
    private const int OfCase = 4_000;

    /// <inheritdoc/>
    public string Name => "mutations";

    /// <inheritdoc/>
    public string Description => "a million damaged dumps, call graphs and folding records: each is told, without effect, or well-formed by a grammar written apart from the readers";

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings)
    {
        for (var i = 0; i < Mutations / OfCase; i++)
        {
            var seed = (settings.Seed * (Mutations / OfCase)) + i;
            yield return new FaultCase(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"), _ => [Try(seed)]);
        }
    }

    private static FaultCheck Try(int seed)
    {
        var counts = new MutatedUnits(seed).Run(OfCase);
        return FaultCheck.Of(
            string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {counts.Reported} told, {counts.Same} without effect, {counts.WellFormed} well-formed, {counts.FailureCount} neither"),
            counts.Failures.ToList());
    }
}
