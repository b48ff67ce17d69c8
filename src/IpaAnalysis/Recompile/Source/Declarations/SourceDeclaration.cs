namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>A declaration or function definition, read from its tokens.</summary>
internal sealed class SourceDeclaration
{
    public bool IsStatic { get; set; }

    public bool IsExtern { get; set; }

    public bool IsTypedef { get; set; }

    public bool IsInline { get; set; }

    /// <summary>At file scope a name for a register of the machine (GCC, Global Register Variables).</summary>
    public bool IsRegister { get; set; }

    /// <summary>The typedef or, in <c>typeof</c>, the name that is its type.</summary>
    public SourceName? TypeName { get; set; }

    public List<SourceAttribute> Attributes { get; } = [];

    public List<SourceDeclarator> Declarators { get; } = [];

    /// <summary>The token that opens the body of a function definition, or -1.</summary>
    public int Body { get; set; } = -1;

    /// <summary>The token after it.</summary>
    public int Next { get; set; }

    /// <summary>Why it could not be read, or null.</summary>
    public string? Failure { get; set; }
}
