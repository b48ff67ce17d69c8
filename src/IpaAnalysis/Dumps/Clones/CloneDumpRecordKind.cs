namespace IpaAnalysis.Dumps.Clones;

/// <summary>What a line of a clone dump tells.</summary>
internal enum CloneDumpRecordKind
{
    /// <summary>A body was copied: into a clone, or into a function that it was inlined into.</summary>
    Clone,

    /// <summary>A call-graph node was destroyed.</summary>
    Removal,
}
