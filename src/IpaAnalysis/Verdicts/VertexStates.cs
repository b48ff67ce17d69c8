namespace IpaAnalysis.Verdicts;

/// <summary>What is known of a vertex apart from its names.</summary>
[Flags]
internal enum VertexStates : byte
{
    /// <summary>It has no code of its own.</summary>
    None = 0,

    /// <summary>It has code of its own.</summary>
    Emitted = 1,

    /// <summary>Its object has no symbol table to tell.</summary>
    MayBeEmitted = 2,

    /// <summary>It must be replaced where it is an instance or affected.</summary>
    Replaceable = 4,

    /// <summary>It depends on some other function.</summary>
    Affected = 8,
}
