namespace IpaAnalysis.Benchmarks.Report;

/// <summary>What a row is compared with.</summary>
internal enum Reference
{
    /// <summary>Reading the same bytes.</summary>
    Reading,

    /// <summary>The cold path on S.</summary>
    ColdSmall,

    /// <summary>An empty build.</summary>
    EmptyBuild,

    /// <summary>The bytes that are read, for memory.</summary>
    Bytes,
}

/// <summary>A row's reference and how many times it the row may take.</summary>
/// <param name="Reference">What it is compared with.</param>
/// <param name="Limit">The most it may be; null where nothing is asked for.</param>
internal sealed record Target(Reference Reference, double? Limit)
{
    /// <summary>The target of a row, or null if it is a reference itself.</summary>
    public static Target? Of(string row, string corpus) => (row, corpus) switch
    {
        (Rows.Cold, "S") => new(Reference.Reading, 4),
        (Rows.Cold, _) => new(Reference.ColdSmall, 12),
        (Rows.ColdStored, "S") => new(Reference.Reading, 7),
        (Rows.ColdStored or Rows.ColdIndex or Rows.Cat or Rows.Peer, _) => new(Reference.Reading, null),
        (Rows.AllWritten, "S") => new(Reference.ColdSmall, 4),
        (Rows.AllWritten, _) => new(Reference.ColdSmall, null),
        (Rows.Memory, "L") => new(Reference.Bytes, 0.2),
        (Rows.Memory, _) => new(Reference.Bytes, null),
        (Rows.NoChange, "S") => new(Reference.EmptyBuild, 1.2),
        (Rows.NoChange, _) => new(Reference.EmptyBuild, 1.8),
        (Rows.DumpChanged or Rows.FunctionAdded, "L") => new(Reference.EmptyBuild, 2),
        (Rows.IndexDumpChanged, "L") => new(Reference.EmptyBuild, 5),
        (Rows.Explain, "L") => new(Reference.EmptyBuild, 1.8),
        (Rows.FirstBuild or Rows.DumpChanged or Rows.FunctionAdded or Rows.IndexDumpChanged or Rows.Explain, _) => new(Reference.EmptyBuild, null),
        _ => null,
    };
}
