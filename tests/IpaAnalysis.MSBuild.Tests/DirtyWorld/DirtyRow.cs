namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>One way in which a build goes wrong without a word, and what must be said of it.</summary>
/// <param name="Row">The kind: what the row of reported faults is called.</param>
/// <param name="Variant">The member of the kind.</param>
internal sealed record DirtyRow(string Row, string Variant)
{
    /// <summary>The patched function.</summary>
    public string Function { get; init; } = "f";

    /// <summary>Makes the clean twin.</summary>
    public required Action<World> Make { get; init; }

    /// <summary>The affected symbols of the twin.</summary>
    public required string[] Twin { get; init; }

    /// <summary>Whether the twin's compiler can be asked.</summary>
    public bool IsTwinExact { get; init; } = true;

    /// <summary>Makes it dirty.</summary>
    public required Action<World> Dirty { get; init; }

    /// <summary>What must be said then.</summary>
    public required DirtyVerdict Verdict { get; init; }

    /// <summary>Words of the code, the message or the cause, which names the object where one is to blame.</summary>
    public string[] Says { get; init; } = [];

    /// <summary>The affected symbols of the dirty world where they are <see cref="DirtyVerdict.Listed"/>; those that allow an incomplete one to be exact.</summary>
    public string[] Lists { get; init; } = [];

    public override string ToString() => $"{Row} {Variant}";
}
