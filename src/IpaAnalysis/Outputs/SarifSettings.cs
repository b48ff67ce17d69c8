namespace IpaAnalysis.Outputs;

/// <summary>What a SARIF log says beyond the result.</summary>
/// <param name="Version">The package's version.</param>
internal sealed record SarifSettings(string Version);
