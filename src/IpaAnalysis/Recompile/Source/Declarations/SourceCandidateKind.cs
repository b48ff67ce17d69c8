namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>What a declaration could define.</summary>
internal enum SourceCandidateKind
{
    /// <summary>Nothing, unless an attribute or a pragma makes it an alias.</summary>
    Declaration,

    /// <summary>A variable without initializer.</summary>
    Tentative,
    Initialized,
    Body,
}
