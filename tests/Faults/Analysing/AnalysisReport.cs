namespace IpaAnalysis.Faults.Analysing;

/// <summary>What the analysis said.</summary>
internal sealed record AnalysisReport
{
    /// <summary>Whether the manifest says that it is complete.</summary>
    public bool Complete { get; init; }

    /// <summary>What was told: code and message.</summary>
    public IReadOnlyList<ReportedDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>What was found out of each patched function.</summary>
    public IReadOnlyList<FunctionReport> Functions { get; init; } = [];

    /// <summary>The manifest.</summary>
    public string Manifest { get; init; } = "";

    /// <summary>The most memory that the process used, in bytes.</summary>
    public long PeakBytes { get; init; }

    /// <summary>An exception that escaped; null when none did.</summary>
    public string? Exception { get; init; }

    /// <summary>What was found out of a function; null when there is no answer.</summary>
    public FunctionReport? Of(string function) => Functions.FirstOrDefault(f => f.Name == function);

    /// <summary>The distinct codes, sorted.</summary>
    public IEnumerable<string> Codes => Diagnostics.Select(d => d.Code).Distinct().Order(StringComparer.Ordinal);
}
