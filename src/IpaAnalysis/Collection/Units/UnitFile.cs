namespace IpaAnalysis.Collection.Units;

/// <summary>Which of a unit's files; the numbers are kept in files.</summary>
internal enum UnitFile
{
    /// <summary>The object, <see cref="Unit.ObjectPath"/>.</summary>
    Object = 0,

    /// <summary>The clone dump, <see cref="Unit.DumpPath"/>.</summary>
    Dump = 1,

    /// <summary>The call graph, <see cref="Unit.CallGraphPath"/>.</summary>
    CallGraph = 2,

    /// <summary>The folding record, <see cref="Unit.FoldingRecordPath"/>.</summary>
    FoldingRecord = 3,
}
