using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>A unit's preprocessed text, and compiles of it with attributes put in.</summary>
internal sealed class UnitText(UnitCompiler compiler, byte[] text, SourceUnit source)
{
    /// <summary>What the text defines.</summary>
    public SourceUnit Source => source;

    /// <summary>Compiles the text as it is.</summary>
    /// <param name="flags">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(params IReadOnlyList<string> flags) => compiler.Compile(text, flags);

    /// <summary>Compiles the text with attributes.</summary>
    /// <param name="marks">The attributes.</param>
    /// <param name="flags">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(IEnumerable<Mark> marks, params IReadOnlyList<string> flags) =>
        compiler.Compile(SourceEdit.Insert(text, marks.Select(m => source.Attribute(m.Definition, m.Attribute))), flags);

    /// <summary>Compiles the text with and without attributes and compares the two.</summary>
    /// <param name="marks">Attributes of one of the two.</param>
    /// <param name="common">Attributes of both.</param>
    /// <param name="flags">Flags to add to the unit's own in both.</param>
    /// <returns>What differs; null when one of the two does not compile.</returns>
    public async Task<AssemblyComparison?> Compare(IReadOnlyList<Mark> marks, IReadOnlyList<Mark> common, params IReadOnlyList<string> flags)
    {
        var plain = Compile(common, flags);
        var marked = Compile([.. marks, .. common], flags);
        return (await plain.ConfigureAwait(false)).Assembly is { } before && (await marked.ConfigureAwait(false)).Assembly is { } after
            ? AssemblyComparer.Compare(before, after)
            : null;
    }

    /// <summary>Definitions of functions, with a body, that have one of some symbols.</summary>
    public ImmutableArray<Definition> FunctionsOf(IEnumerable<string> symbols)
    {
        var wanted = symbols.ToHashSet(StringComparer.Ordinal);
        var nested = wanted.Select(NestedName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. source.Definitions.Where(d => d.Kind == DefinitionKind.Function
                && d.BodyEnd > d.BodyStart
                && (d.Enclosing is null ? wanted.Contains(d.Symbol) : nested.Contains(d.Name))),
        ];
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

    /// <summary>The source's name of a nested function, whose symbol has a number behind it; null when it cannot be one.</summary>
    private static string? NestedName(string symbol)
    {
        var point = symbol.LastIndexOfAny(['.', '$']);
        return point > 0 && point + 1 < symbol.Length && symbol.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') == false ? symbol[..point] : null;
    }
}
