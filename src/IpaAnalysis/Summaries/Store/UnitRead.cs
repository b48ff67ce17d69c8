namespace IpaAnalysis.Summaries.Store;

/// <summary>A unit whose files were read, because the store had no summary of them.</summary>
/// <param name="Unit">Index of the unit.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsChanged">Whether the files say something else than before.</param>
internal sealed record UnitRead(int Unit, ReadReason Reason, bool IsChanged);
