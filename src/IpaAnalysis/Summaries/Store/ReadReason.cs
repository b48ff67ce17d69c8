namespace IpaAnalysis.Summaries.Store;

/// <summary>Why the files of a unit were read again.</summary>
internal enum ReadReason
{
    /// <summary>Nothing is stored for this object, or not by this version.</summary>
    New,

    /// <summary>The object is another one, or was changed or touched.</summary>
    ObjectChanged,

    /// <summary>The clone dump is another one, or was changed or touched.</summary>
    DumpChanged,

    /// <summary>The call graph is another one, or was changed or touched.</summary>
    CallGraphChanged,

    /// <summary>The folding record is another one, or was changed or touched.</summary>
    FoldingRecordChanged,

    /// <summary>What is stored of it is damaged or gone.</summary>
    StoreDamaged,

    /// <summary>The user wants every file to be read.</summary>
    FullHash,
}
