using System.Collections.Immutable;
using IpaAnalysis.Recompile.Source.Declarations;
using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source;

/// <summary>Chooses the definitions among what a unit declares.</summary>
internal static class UnitDefinitions
{
    public static ImmutableArray<Definition> Of(TranslationUnitReader unit, SourceTokens tokens)
    {
        var found = new List<Definition>();
        foreach (var name in unit.Names.All)
        {
            if (name.Entity is { Candidates: not null } entity)
            {
                AddTo(found, name, entity, unit.Names, tokens);
            }
        }

        foreach (var (name, entity) in unit.Nested)
        {
            AddTo(found, name, entity, unit.Names, tokens);
        }

        found.Sort(static (a, b) => a.NameOffset.CompareTo(b.NameOffset));
        var places = new SourcePlaces(tokens.Text, tokens.Linemarkers);
        var attributePlaces = new SourcePlaces(tokens.Text, tokens.Linemarkers);
        var definitions = ImmutableArray.CreateBuilder<Definition>(found.Count);
        foreach (var definition in found)
        {
            var (file, line, column) = places.At(definition.NameOffset);
            var attributeLine = attributePlaces.At(definition.AttributeOffset).Line;
            definitions.Add(definition with { File = file, Line = line, Column = column, AttributeLine = attributeLine });
        }

        return definitions.MoveToImmutable();
    }

    private static void AddTo(List<Definition> found, SourceName name, SourceEntity entity, SourceNames names, SourceTokens tokens)
    {
        var candidates = entity.Candidates!;
        var bodies = candidates.FindAll(static c => c.Kind == SourceCandidateKind.Body);
        foreach (var body in bodies)
        {
            found.Add(Make(name, entity, body, DefinitionKind.Function, null, null));
        }

        // A weak reference names a symbol of another object and defines nothing.
        if (bodies.Count > 0 || entity.Has("weakref"))
        {
            return;
        }

        if ((entity.AliasOf ?? entity.Resolver) is { } target)
        {
            var kind = entity.IsFunction || names.Find(target)?.Entity is { IsFunction: true }
                ? DefinitionKind.Function
                : DefinitionKind.Variable;
            found.Add(Make(name, entity, candidates[^1], kind, entity.AliasOf, entity.Resolver));
        }
        else if (!entity.IsFunction && (candidates.Find(static c => c.Kind == SourceCandidateKind.Initialized)
            ?? candidates.Find(static c => c.Kind == SourceCandidateKind.Tentative)) is { } variable)
        {
            found.Add(Make(name, entity, variable, DefinitionKind.Variable, null, null));
        }
    }

    private static Definition Make(SourceName name, SourceEntity entity, SourceCandidate candidate, DefinitionKind kind, string? alias, string? resolver) => new()
    {
        Kind = kind,
        Name = name.Text,
        Symbol = entity.AssemblerName ?? name.Text,
        NameOffset = candidate.NameOffset,
        AttributeOffset = candidate.AttributeOffset,
        BodyStart = candidate.BodyStart,
        BodyEnd = candidate.BodyEnd,
        Attributes = entity.Attributes is { } attributes ? [.. attributes] : [],
        IsStatic = entity.IsStatic,
        IsInline = entity.IsInline,
        IsExternInline = candidate.IsExtern && candidate.IsInline,
        AliasOf = alias,
        Resolver = resolver,
        Enclosing = candidate.Enclosing,
    };
}
