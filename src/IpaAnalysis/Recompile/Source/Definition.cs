using System.Collections.Immutable;

namespace IpaAnalysis.Recompile.Source;

/// <summary>One definition in a preprocessed translation unit. All offsets count bytes from the beginning of the text.</summary>
/// <remarks>What is said of attributes and specifiers holds for all declarations of the name in the unit together, as GCC merges them.</remarks>
internal sealed record Definition
{
    /// <summary>What is defined.</summary>
    public required DefinitionKind Kind { get; init; }

    /// <summary>The identifier in the source.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The assembler name: what an <c>asm</c> label or <c>#pragma redefine_extname</c> of any declaration says, otherwise
    /// <see cref="Name"/>. GCC appends a number to that of a nested function.
    /// </summary>
    public required string Symbol { get; init; }

    /// <summary>Where the name stands in the declarator.</summary>
    public required int NameOffset { get; init; }

    /// <summary>
    /// Where an attribute belongs to this declarator alone: before the name of a function with a body, otherwise behind
    /// the declarator, since before the first name of several it would belong to all. See GCC, Attribute Syntax.
    /// </summary>
    public required int AttributeOffset { get; init; }

    /// <summary>The offset of a function's opening brace or of a variable's initializer.</summary>
    public required int BodyStart { get; init; }

    /// <summary>The offset after the closing brace or the initializer; equal to <see cref="BodyStart"/> if there is none.</summary>
    public required int BodyEnd { get; init; }

    /// <summary>The names of all attributes, without the underscores around them, sorted.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Whether a declaration says <c>static</c>: the name has internal linkage.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Whether a declaration says <c>inline</c>.</summary>
    public bool IsInline { get; init; }

    /// <summary>Whether the definition itself says <c>extern</c> and <c>inline</c>: under <c>-std=gnu89</c> and <c>-fgnu89-inline</c> that emits nothing.</summary>
    public bool IsExternInline { get; init; }

    /// <summary>Whether it is a body for inlining only, by the attribute <c>gnu_inline</c>; another definition of the name may follow.</summary>
    public bool IsGnuInlineExtern => IsExternInline && HasAttribute("gnu_inline");

    /// <summary>Whether it is always inlined where that is possible.</summary>
    public bool IsAlwaysInline => HasAttribute("always_inline");

    /// <summary>Whether another object may replace it: the attribute or <c>#pragma weak</c>.</summary>
    public bool IsWeak => HasAttribute("weak");

    /// <summary>Whether the function is nothing but its inline assembly.</summary>
    public bool IsNaked => HasAttribute("naked");

    /// <summary>Whether the attribute <c>used</c> keeps it in the object already.</summary>
    public bool IsUsed => HasAttribute("used");

    /// <summary>Whether the attribute <c>noipa</c> hides its body already.</summary>
    public bool IsNoIpa => HasAttribute("noipa");

    /// <summary>The assembler name that this is another name for (attribute <c>alias</c> or <c>#pragma weak a = b</c>); null if it has a body of its own.</summary>
    public string? AliasOf { get; init; }

    /// <summary>The assembler name of the function that chooses the body at run time (attribute <c>ifunc</c>); null for others.</summary>
    public string? Resolver { get; init; }

    /// <summary>The innermost function that holds this nested function (GNU C); null at file scope.</summary>
    public string? Enclosing { get; init; }

    /// <summary>The file of the name by the linemarkers, as it stands there; null before the first.</summary>
    public string? File { get; init; }

    /// <summary>1-based line of the name by the linemarkers.</summary>
    public int Line { get; init; }

    /// <summary>
    /// 1-based column of the name in the text, in bytes, as GCC counts in dumps when it compiles this text. When it compiles
    /// the source instead, it differs on lines where a macro stands before the name.
    /// </summary>
    public int Column { get; init; }

    /// <summary>The line of <see cref="AttributeOffset"/> by the linemarkers.</summary>
    internal int AttributeLine { get; init; }

    /// <summary>Whether a declaration of the name has an attribute.</summary>
    /// <param name="name">Its name without the underscores around it.</param>
    public bool HasAttribute(string name) => Attributes.BinarySearch(name, StringComparer.Ordinal) >= 0;
}
