using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>A way to predict what depends on functions.</summary>
internal interface IPredictor
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Predicts for functions of a unit, in their order; null where the function is not known.</summary>
    IReadOnlyList<Prediction?> Predict(PreparedUnit unit, IReadOnlyList<DefinedFunction> functions);
}
