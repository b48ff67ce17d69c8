using IpaAnalysis.Graph;

namespace IpaAnalysis.Verdicts;

/// <summary>One source function that something depends on, with counts of (object, symbol).</summary>
/// <param name="Function">The source function.</param>
/// <param name="InstanceCount">How many instances it has.</param>
/// <param name="AffectedCount">How many other functions depend on it.</param>
/// <param name="FunctionsToPatchCount">How many functions must be replaced to patch it.</param>
internal readonly record struct IndexRow(SourceFunction Function, int InstanceCount, int AffectedCount, int FunctionsToPatchCount);
