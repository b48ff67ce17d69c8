using System.Globalization;
using IpaAnalysis.Faults.Cases;

namespace IpaAnalysis.Faults.Dying;

/// <summary>A compiler that dies in one run of all that exact impact needs, or in two in a row, for every run.</summary>
internal sealed class DyingProgram : IFaultProgram
{
    // The runs of a case: one of so many, so that a share of the cases holds some of each kind.
    private const int Parts = 8;

    /// <inheritdoc/>
    public string Name => "dying";

    /// <inheritdoc/>
    public string Description => "a compiler that dies in run N: the answer is right, or not exact with a cause, and the next build's is right";

    /// <inheritdoc/>
    public IEnumerable<FaultCase> Cases(FaultSettings settings) =>
        from source in DyingSource.All
        from way in DyingCompiler.Ways
        from length in (int[])[1, 2]
        from part in Enumerable.Range(1, Parts)
        let name = string.Create(CultureInfo.InvariantCulture, $"{source.Name}, {way}, {(length == 1 ? "once" : "twice")}, every {Parts}th run from {part}")
        select new FaultCase(name, directory => Try(directory, source, way, length, part));

    private static IEnumerable<FaultCheck> Try(string directory, DyingSource source, string way, int length, int part)
    {
        var unit = new DyingUnit(directory, source);
        var name = string.Create(CultureInfo.InvariantCulture, $"{source.Name}, {way} {length}");
        yield return new FaultCheck($"{name}: healthy", unit.Trouble);
        for (var run = part; run <= unit.Runs; run += Parts)
        {
            string[] failures = [.. unit.Try(run, run + length - 1, way)];
            yield return FaultCheck.Of(string.Create(CultureInfo.InvariantCulture, $"{name}: run {run} of {unit.Runs}"), failures);
        }
    }
}
