using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Source;
using IpaAnalysis.Recompile.Source.Declarations;

namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>A unit's preprocessed text, and compiles of it with attributes put in.</summary>
/// <param name="compiler">The unit's compiler.</param>
/// <param name="text">The text.</param>
/// <param name="source">What the text defines; its offsets are those of the text.</param>
/// <param name="additions">What stands in every compile of the text.</param>
internal sealed class UnitText(UnitCompiler compiler, byte[] text, SourceUnit source, ImmutableArray<SourceInsertion> additions)
{
    /// <summary>What objtool names the padding before a function with (<c>tools/objtool/check.c</c>, <c>--prefix</c>).</summary>
    private const string PaddingPrefix = "__pfx_";

    /// <summary>What the text defines.</summary>
    public SourceUnit Source => source;

    /// <summary>Compiles the text as it is.</summary>
    /// <param name="flags">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(params IReadOnlyList<string> flags) => Compile([], flags);

    /// <summary>Compiles the text with attributes.</summary>
    /// <param name="marks">The attributes.</param>
    /// <param name="flags">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(IReadOnlyCollection<Mark> marks, params IReadOnlyList<string> flags) =>
        compiler.Compile(
            marks.Count == 0 && additions.IsEmpty
                ? text
                : SourceEdit.Insert(text, [.. marks.Select(m => source.Attribute(m.Definition, m.Attribute)), .. additions]),
            flags);

    /// <summary>Compiles the text with and without attributes and compares the two.</summary>
    /// <param name="marks">Attributes of one of the two.</param>
    /// <param name="common">Attributes of both.</param>
    /// <param name="flags">Flags to add to the unit's own in both.</param>
    public async Task<TextComparison> Compare(IReadOnlyList<Mark> marks, IReadOnlyList<Mark> common, params IReadOnlyList<string> flags)
    {
        var plain = Compile(common, flags);
        var marked = Compile([.. marks, .. common], flags);
        var (before, after) = (await plain.ConfigureAwait(false), await marked.ConfigureAwait(false));
        return before.Assembly is { } baseline && after.Assembly is { } variant
            ? new TextComparison(AssemblyComparer.Compare(baseline, variant), null)
            : new TextComparison(null, before.Failure ?? after.Failure);
    }

    /// <summary>The text without attributes that refuse code; null when it has none.</summary>
    public UnitText? WithoutErrorAttributes() =>
        SourceBlanking.WithoutErrorAttributes(text) is { } neutral ? new UnitText(compiler, neutral, source, additions) : null;

    /// <summary>The text in which functions do nothing for ever, so that they need nothing of any other; they are to be hidden as well.</summary>
    public UnitText WithIdle(IEnumerable<Definition> functions)
    {
        var (idle, bodies) = (text, additions);
        foreach (var function in functions)
        {
            idle = SourceBlanking.WithoutBody(idle, function);
            bodies = bodies.Add(SourceBlanking.IdleBody(function));
        }

        return new UnitText(compiler, idle, source, bodies);
    }

    /// <summary>Definitions of functions, with a body, that have one of some symbols.</summary>
    /// <param name="symbols">The symbols.</param>
    /// <param name="places">Where those of nested functions stand; one whose place is not known is all of its name.</param>
    public ImmutableArray<Definition> FunctionsOf(IEnumerable<string> symbols, IReadOnlyCollection<NestedFunction>? places = null)
    {
        var wanted = symbols.ToHashSet(StringComparer.Ordinal);
        var nested = wanted.Where(s => SymbolName.NestedName(s) is not null).SelectMany(s => NestedOf(s, places ?? [])).ToHashSet();
        return
        [
            .. source.Definitions.Where(d => IsBody(d) && (d.Enclosing is null ? wanted.Contains(d.Symbol) && !IsReplaced(d) : nested.Contains(d))),
        ];
    }

    /// <summary>What symbols are that no C definition has; null when that is not known.</summary>
    public string? NatureOf(IEnumerable<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (source.FindSymbol(symbol).FirstOrDefault(static d => d.Resolver is not null) is { } chosen)
            {
                return InexactCauses.ChosenAtRunTime(symbol, chosen.Resolver!);
            }

            if (symbol.StartsWith(PaddingPrefix, StringComparison.Ordinal) && symbol.Length > PaddingPrefix.Length)
            {
                return InexactCauses.Padding(symbol, symbol[PaddingPrefix.Length..]);
            }

            if (QuotedNames.HasLabel(text, symbol))
            {
                return InexactCauses.FileScopeAssembly(symbol);
            }
        }

        return null;
    }

    /// <summary>Declarations that give functions another name, directly or by way of others.</summary>
    public ImmutableArray<Definition> AliasesOf(IEnumerable<Definition> functions)
    {
        var names = functions.Select(f => f.Symbol).ToHashSet(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<Definition>();
        for (var count = -1; count < found.Count;)
        {
            count = found.Count;
            found.AddRange(source.Definitions.Where(d => d.AliasOf is not null && names.Contains(d.AliasOf) && names.Add(d.Symbol)));
        }

        return found.ToImmutable();
    }

    private static bool IsBody(Definition definition) => definition.Kind == DefinitionKind.Function && definition.BodyEnd > definition.BodyStart;

    /// <summary>Whether a body is for inlining only and the real one follows: from there on GCC knows only that one (GCC manual, "gnu_inline").</summary>
    private bool IsReplaced(Definition definition) =>
        definition.IsExternInline && source.Definitions.Any(d => IsBody(d) && d is { Enclosing: null, IsExternInline: false } && d.Symbol == definition.Symbol);

    /// <summary>The nested functions that a symbol may be: by its place, where that tells them apart.</summary>
    private Definition[] NestedOf(string symbol, IReadOnlyCollection<NestedFunction> places)
    {
        var name = SymbolName.NestedName(symbol);
        Definition[] named = [.. source.Definitions.Where(d => IsBody(d) && d.Enclosing is not null && d.Name == name)];
        if (places.Where(p => p.Symbol == symbol).ToArray() is not [var place, ..])
        {
            return named;
        }

        Definition[] there = [.. named.Where(d => d.Line == place.Line)];
        Definition[] exactly = [.. there.Where(d => d.Column == place.Column)];
        return exactly.Length > 0 ? exactly : there.Length > 0 ? there : named;
    }
}
