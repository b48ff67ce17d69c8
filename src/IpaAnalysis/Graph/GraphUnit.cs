using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>One object as it enters the graph.</summary>
/// <param name="Object">Its name in the manifest; unique over the graph.</param>
/// <param name="Summary">What its files say.</param>
/// <param name="NormalizePath">Turns a path of the dumps into the manifest's form; null for what is no file.</param>
internal sealed record GraphUnit(string Object, ObjectSummary Summary, Func<string, string?> NormalizePath);
