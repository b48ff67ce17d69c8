using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>A way to predict what depends on a function.</summary>
internal interface IPredictor
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>Predicts; null when the function is not known.</summary>
    Prediction? Predict(PreparedUnit unit, DefinedFunction function);
}
