using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>What the files that the compiler leaves tell, without asking it anything.</summary>
/// <param name="name">The predictor's name.</param>
/// <param name="dumpsOnly">Whether only the clone dumps are read, as other tools do; else call graphs and symbols too (rules 1 to 3).</param>
internal sealed class PlainClosure(string name, bool dumpsOnly) : IPredictor
{
    public string Name => name;

    public IReadOnlyList<Prediction?> Predict(PreparedUnit unit, IReadOnlyList<DefinedFunction> functions)
    {
        var graph = new UnitGraph(unit, dumpsOnly);
        return [.. functions.Select(f => graph.ImpactOf(f) is { } impact ? new Prediction(graph.Shown(f, impact, _ => false), IsExact: false) : null)];
    }
}
