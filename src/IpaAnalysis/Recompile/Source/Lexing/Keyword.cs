namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>What a keyword of GNU C means to a reader of declarations.</summary>
internal enum Keyword : byte
{
    /// <summary>Not a keyword.</summary>
    None,
    Static,
    Extern,
    Typedef,
    Inline,
    Register,

    /// <summary>Another storage class or function specifier.</summary>
    Storage,
    Extension,
    Qualifier,

    /// <summary><c>_Atomic</c>, a qualifier or a type.</summary>
    Atomic,
    Type,

    /// <summary>A type or <c>_Alignas</c>, with an argument list.</summary>
    TypeWithArgument,
    Alignas,
    Typeof,

    /// <summary><c>struct</c>, <c>union</c> or <c>enum</c>.</summary>
    Tag,
    Attribute,
    Asm,
    StaticAssert,
    Goto,

    /// <summary>A word of statements or expressions.</summary>
    Other,
}
