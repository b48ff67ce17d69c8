namespace IpaAnalysis.Summaries;

/// <summary>Two functions of one object that run the same code. Functions are indices into the object's functions.</summary>
/// <param name="First">One function; for <see cref="SharedBodyKind.FoldedAway"/> the one whose body was kept.</param>
/// <param name="Second">The other.</param>
/// <param name="Kind">Why.</param>
internal readonly record struct SharedBody(int First, int Second, SharedBodyKind Kind);
