namespace IpaAnalysis.Gating;

/// <summary>Judges the objects of an analysis.</summary>
internal interface IGate
{
    /// <summary>Judges all of them.</summary>
    /// <param name="inexact">
    /// Names of the objects of patched functions in which it is not known exactly what depends on them; null when no function is
    /// patched, so that nothing is known of any object.
    /// </param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    GateResult Judge(IReadOnlySet<string>? inexact, CancellationToken cancellation);
}
