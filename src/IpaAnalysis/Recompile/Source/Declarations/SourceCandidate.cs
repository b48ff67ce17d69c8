namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>A declaration that may be the definition of its name. Offsets are bytes.</summary>
internal sealed record SourceCandidate
{
    public required SourceCandidateKind Kind { get; init; }

    public required int NameOffset { get; init; }

    public required int AttributeOffset { get; init; }

    public required int BodyStart { get; init; }

    public required int BodyEnd { get; init; }

    public required bool IsExtern { get; init; }

    public required bool IsInline { get; init; }

    public string? Enclosing { get; init; }
}
