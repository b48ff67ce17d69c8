namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>What must be said of a dirty world.</summary>
internal enum DirtyVerdict
{
    /// <summary>Not complete, and not exact either, unless the compiler was asked in all objects and what depends is listed.</summary>
    Incomplete,

    /// <summary>Not exact; all objects are there and whole.</summary>
    Inexact,

    /// <summary>Complete and exact, with the dependants that the row names.</summary>
    Listed,
}
