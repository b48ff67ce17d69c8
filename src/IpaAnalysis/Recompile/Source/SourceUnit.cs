using System.Collections.Immutable;
using IpaAnalysis.Recompile.Source.Declarations;

namespace IpaAnalysis.Recompile.Source;

/// <summary>What a preprocessed translation unit defines.</summary>
internal sealed class SourceUnit
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly IReadOnlySet<string> _types;
    private readonly ILookup<string, Definition> _byName;
    private readonly ILookup<string, Definition> _bySymbol;

    internal SourceUnit(ReadOnlyMemory<byte> text, ImmutableArray<Definition> definitions, ImmutableArray<SourceGap> gaps, IReadOnlySet<string> types)
    {
        _text = text;
        _types = types;
        Definitions = definitions;
        Gaps = gaps;
        _byName = definitions.ToLookup(static d => d.Name, StringComparer.Ordinal);
        _bySymbol = definitions.ToLookup(static d => d.Symbol, StringComparer.Ordinal);
    }

    /// <summary>
    /// The definitions in the order of the text: functions with a body, nested ones too; variables of file scope, each
    /// once; aliases, which have no body. Static variables inside functions and global register
    /// variables are not listed.
    /// </summary>
    public ImmutableArray<Definition> Definitions { get; }

    /// <summary>What was not understood, in the order of the text; a definition that is missing may stand there.</summary>
    public ImmutableArray<SourceGap> Gaps { get; }

    /// <summary>
    /// The definitions of an identifier: none, one, or several if a body for inlining only comes before the other, or nested
    /// functions share a name.
    /// </summary>
    public ImmutableArray<Definition> Find(string name) => [.. _byName[name]];

    /// <summary>The definitions that have an assembler name; a nested function is found without the number GCC appends.</summary>
    public ImmutableArray<Definition> FindSymbol(string symbol) => [.. _bySymbol[symbol]];

    /// <summary>Whether a typedef of file scope gives a name to a type.</summary>
    public bool IsType(string name) => _types.Contains(name);

    /// <summary>
    /// The identifiers that a definition mentions: in a function's parameters and body, or in a variable's declarator and
    /// initializer. Operands of inline assembly count, its text does not; neither do keywords, members behind <c>.</c> and
    /// <c>-&gt;</c>, tags and labels of <c>goto</c>. Local names and types are among them.
    /// </summary>
    public IReadOnlySet<string> Mentions(Definition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var end = Math.Clamp(definition.BodyEnd, 0, _text.Length);
        return SourceMentions.Of(_text.Span[..end], Math.Clamp(definition.NameOffset, 0, end));
    }

    /// <summary>
    /// The insertion that gives a definition an attribute, for <see cref="SourceEdit.Insert"/>. A linemarker and blanks behind it
    /// keep the line and the column of what follows, which sanitizers and dumps write down.
    /// </summary>
    /// <param name="definition">A definition of this unit.</param>
    /// <param name="attribute">The attribute as it stands between the brackets, such as <c>__noipa__</c>.</param>
    public SourceInsertion Attribute(Definition definition, string attribute)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var at = Math.Clamp(definition.AttributeOffset, 0, _text.Length);
        var column = at - 1 - _text.Span[..at].LastIndexOfAny((byte)'\n', (byte)'\r');
        return new SourceInsertion(at, $" __attribute__(({attribute}))\n# {definition.AttributeLine}\n{new string(' ', column)}");
    }
}
