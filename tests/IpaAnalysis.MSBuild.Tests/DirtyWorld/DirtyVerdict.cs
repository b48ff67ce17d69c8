namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>What must be said of a dirty world.</summary>
internal enum DirtyVerdict
{
    /// <summary>Neither complete nor exact.</summary>
    Incomplete,

    /// <summary>Not exact; all objects are there and whole.</summary>
    Inexact,

    /// <summary>Complete and exact, with the dependants that the row names.</summary>
    Listed,
}
