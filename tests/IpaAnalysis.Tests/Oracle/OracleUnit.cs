using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Truth;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Tests.Oracle;

/// <summary>A text prepared as the oracle prepares a unit.</summary>
internal sealed class OracleUnit : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public OracleUnit(string text, params string[] flags)
    {
        Tools.Require("objdump");
        _tree.Write("unit.c", text);
        var source = new SourceUnit("tests", "unit.c", _tree.Path, Tools.Require("gcc"), ["-O2", .. flags], "unit.c");
        Prepared = UnitCompiler.Prepare(source, _tree["made"])!;
        Assert.That(Prepared, Is.Not.Null, "the unit does not compile");
    }

    public PreparedUnit Prepared { get; }

    /// <summary>The functions that differ when another text stands in place of the unit's.</summary>
    public IEnumerable<string> DifferencesTo(string text) =>
        ObjectComparer.Compare(Prepared.Baseline, TruthFinder.Compile(Prepared, System.Text.Encoding.UTF8.GetBytes(text), [])!).Select(d => d.Origin);

    /// <summary>The true dependants of a function; null when it cannot be hidden.</summary>
    public IEnumerable<string>? DependantsOf(string function) =>
        TruthFinder.Find(Prepared, Prepared.Functions.Single(f => f.Name == function))?.Dependants.Select(d => d.Origin);

    public void Dispose() => _tree.Dispose();
}
