using IpaAnalysis.Sessions.State;

namespace IpaAnalysis.Sessions.Requests;

/// <summary>What an analysis hands on.</summary>
/// <param name="Gate">The gate's judgement, which is reported when all is written.</param>
/// <param name="Rows">What later targets get as items.</param>
/// <param name="WrittenFiles">The files that Clean may know of, absolute.</param>
/// <param name="Summary">What was found, in one line.</param>
internal sealed record AnalysisOutcome(StoredGate Gate, IReadOnlyList<AffectedRow> Rows, IReadOnlyList<string> WrittenFiles, string Summary);
