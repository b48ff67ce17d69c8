namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>What kind of difference there is between a unit's object and the one that its compiler makes now.</summary>
internal enum ObjectDifferenceKind
{
    /// <summary>Code or data differs.</summary>
    OtherCode,

    /// <summary>Nothing but the date or time of the compile differs, which the source asked for.</summary>
    CompileTime,

    /// <summary>The object holds symbols but no code to compare, as a copy that was stripped of its contents does.</summary>
    NoCode,

    /// <summary>One of the two is damaged or of a kind that cannot be compared.</summary>
    Unreadable,
}
