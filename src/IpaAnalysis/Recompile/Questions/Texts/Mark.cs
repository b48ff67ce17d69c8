using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>An attribute to put on a definition.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Attribute">The attribute as it stands between the brackets.</param>
internal readonly record struct Mark(Definition Definition, string Attribute)
{
    /// <summary>Hides the body from all other functions (GCC manual, "Common Function Attributes").</summary>
    public const string Opaque = "__noipa__";

    /// <summary>Keeps the body from being inlined.</summary>
    public const string NotInlined = "__noinline__";

    /// <summary>Lets the compiler expect callers, readers and writers that it does not see.</summary>
    public const string OpenWorld = "__used__";

    /// <summary>One attribute on several definitions.</summary>
    public static Mark[] All(IEnumerable<Definition> definitions, string attribute) => [.. definitions.Select(d => new Mark(d, attribute))];
}
