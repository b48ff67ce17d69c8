namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>What all declarations of one name say together.</summary>
internal sealed class SourceEntity
{
    public string? AssemblerName { get; set; }

    public bool IsStatic { get; set; }

    public bool IsInline { get; set; }

    public bool IsFunction { get; set; }

    public string? AliasOf { get; set; }

    public string? Resolver { get; set; }

    public SortedSet<string>? Attributes { get; private set; }

    public List<SourceCandidate>? Candidates { get; private set; }

    public bool Has(string attribute) => Attributes?.Contains(attribute) ?? false;

    public void Add(SourceCandidate candidate) => (Candidates ??= []).Add(candidate);

    public void Add(string attribute) => (Attributes ??= new SortedSet<string>(StringComparer.Ordinal)).Add(attribute);

    public void Add(SourceDeclaration declaration, SourceDeclarator declarator)
    {
        IsStatic |= declaration.IsStatic;
        IsInline |= declaration.IsInline;
        IsFunction |= IsFunctionDeclarator(declaration, declarator);
        AssemblerName ??= declarator.AssemblerName;
        Add(declaration.Attributes);
        Add(declarator.Attributes);
    }

    /// <summary>Whether a declarator declares a function, by itself or by the name of its type.</summary>
    public static bool IsFunctionDeclarator(SourceDeclaration declaration, SourceDeclarator declarator) =>
        declarator.IsFunction || (declarator.IsPlain && declaration.TypeName is { } type && (type.IsFunctionType || type.Entity is { IsFunction: true }));

    private void Add(List<SourceAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            Add(attribute.Name);
            if (attribute.Name == "alias")
            {
                AliasOf = attribute.Text ?? AliasOf;
            }
            else if (attribute.Name == "ifunc")
            {
                Resolver = attribute.Text ?? Resolver;
            }
        }
    }
}
