using IpaAnalysis.Collection;

namespace IpaAnalysis.Sessions.Requests;

/// <summary>What a collection hands on.</summary>
/// <param name="UnitsKey">Changes whenever a unit or a file of one does; empty when a change might not show.</param>
/// <param name="Memory">What it saw of the files, for a session of the same build; null when that reads it from the disk.</param>
internal sealed record CollectOutcome(string UnitsKey, CollectionMemory? Memory)
{
    /// <summary>Nothing was collected.</summary>
    public static CollectOutcome None { get; } = new("", null);
}
