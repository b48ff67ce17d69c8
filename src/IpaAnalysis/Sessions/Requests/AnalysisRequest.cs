using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Sessions.Requests;

/// <summary>What is to be analysed, and where the answer goes.</summary>
internal sealed record AnalysisRequest
{
    /// <summary>What collecting handed on; empty: the files are to say it.</summary>
    public string UnitsKey { get; init; } = "";

    /// <summary>What collecting saw of the files in this build; null when that is read from the disk.</summary>
    public CollectionMemory? Memory { get; init; }

    /// <summary>Which functions to tell of; null: the patched ones if there are any, else the index.</summary>
    public ManifestScope? Scope { get; init; }

    /// <summary>The patched functions.</summary>
    public ImmutableArray<FunctionQuery> PatchedFunctions { get; init; } = [];

    /// <summary>Whether compilers are asked, and how much it matters where they cannot be.</summary>
    public ExactMode Exact { get; init; }

    /// <summary>The gate's policy as the user wrote it.</summary>
    public GateSettings Gate { get; init; } = new();

    /// <summary>Absolute path of the known violations; null for none.</summary>
    public string? BaselineFile { get; init; }

    /// <summary>Whether the baseline is about to be written, so that it may be missing now.</summary>
    public bool UpdatesBaseline { get; init; }

    /// <summary>The compiler that is asked what options mean where an object names none.</summary>
    public string Compiler { get; init; } = "";

    /// <summary>Absolute path of the manifest; its schema goes beside it.</summary>
    public required string ManifestFile { get; init; }

    /// <summary>Absolute path of the SARIF log; null for none.</summary>
    public string? SarifFile { get; init; }

    /// <summary>The package's version, which the SARIF log names.</summary>
    public required string PackageVersion { get; init; }
}
