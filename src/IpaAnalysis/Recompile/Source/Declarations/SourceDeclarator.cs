namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>One declarator of a declaration.</summary>
internal sealed class SourceDeclarator
{
    public required int NameToken { get; init; }

    public required SourceName Name { get; init; }

    /// <summary>Whether it declares a function; a type name may say so too.</summary>
    public bool IsFunction { get; set; }

    /// <summary>Whether it declares what its specifiers say, not a pointer, array or function of that.</summary>
    public bool IsPlain { get; set; }

    /// <summary>The token that opens the parameter list, if it declares a function.</summary>
    public int Parameters { get; set; }

    /// <summary>The token before which an attribute may be put if a body follows.</summary>
    public int Head { get; set; }

    /// <summary>The token after the declarator and its assembler name.</summary>
    public int Tail { get; set; }

    public string? AssemblerName { get; set; }

    public List<SourceAttribute> Attributes { get; } = [];

    /// <summary>The tokens of the initializer; none if equal.</summary>
    public (int Start, int End) Initializer { get; set; }
}
