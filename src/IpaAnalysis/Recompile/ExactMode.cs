namespace IpaAnalysis.Recompile;

/// <summary>Whether to ask the compiler what the dumps cannot show.</summary>
internal enum ExactMode
{
    /// <summary>Where the command is known; what is not is told quietly.</summary>
    Auto,

    /// <summary>Yes; where it is impossible is a warning.</summary>
    True,

    /// <summary>No.</summary>
    False,
}
