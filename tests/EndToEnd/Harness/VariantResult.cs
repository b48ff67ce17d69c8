using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>What one of several builds left.</summary>
/// <param name="Succeeded">Whether it succeeded.</param>
/// <param name="Log">What it logged.</param>
/// <param name="ManifestPath">The manifest as it was then; it may not exist.</param>
internal sealed record VariantResult(bool Succeeded, BuildLog Log, string ManifestPath)
{
    /// <summary>The codes of our errors and warnings, sorted.</summary>
    public IReadOnlyList<string> Codes => [.. Log.Diagnostics.Select(d => d.Code).Order(StringComparer.Ordinal)];

    /// <summary>The gate's judgement.</summary>
    public GateSection Gate => Manifest.Load(ManifestPath).Gate;
}
