using System.Collections.Immutable;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>What an archive holds.</summary>
/// <param name="IsUnreadable">Whether it could not be read, or not to its end.</param>
/// <param name="Objects">The objects in it that are still to be linked.</param>
internal sealed record ArchiveLook(bool IsUnreadable, ImmutableArray<ArchivedObject> Objects);
