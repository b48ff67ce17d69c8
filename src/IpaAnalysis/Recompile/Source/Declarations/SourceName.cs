using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>An identifier of a translation unit and what is known of it.</summary>
internal sealed class SourceName(string text, Keyword keyword)
{
    public string Text => text;

    public Keyword Keyword => keyword;

    /// <summary>Whether a typedef of file scope names it.</summary>
    public bool IsType { get; set; }

    /// <summary>Whether it names a function type.</summary>
    public bool IsFunctionType { get; set; }

    /// <summary>What the declarations of file scope say of it.</summary>
    public SourceEntity? Entity { get; set; }
}
