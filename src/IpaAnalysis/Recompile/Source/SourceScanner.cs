using System.Collections.Immutable;
using IpaAnalysis.Recompile.Source.Declarations;
using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source;

/// <summary>Finds the definitions in a preprocessed translation unit of GNU C.</summary>
/// <remarks>
/// The text is what <c>gcc -E</c> writes. Names of types are known from the typedefs of the text, as a C compiler knows
/// them. Any bytes are accepted, the work is linear in their number, and what is not understood becomes a <see cref="SourceGap"/>.
/// </remarks>
internal static class SourceScanner
{
    /// <summary>Scans a translation unit.</summary>
    /// <param name="text">The preprocessed text.</param>
    public static SourceUnit Scan(ReadOnlyMemory<byte> text)
    {
        var tokens = SourceTokens.Read(text);
        var unit = new TranslationUnitReader(tokens);
        unit.Read();
        UnitPragmas.Read(unit, tokens);
        var types = unit.Names.All.Where(static n => n.IsType).Select(static n => n.Text).ToHashSet(StringComparer.Ordinal);
        return new SourceUnit(text, UnitDefinitions.Of(unit, tokens), Gaps(unit, tokens), types);
    }

    private static ImmutableArray<SourceGap> Gaps(TranslationUnitReader unit, SourceTokens tokens)
    {
        var places = new SourcePlaces(tokens.Text, tokens.Linemarkers);
        var gaps = ImmutableArray.CreateBuilder<SourceGap>(unit.Gaps.Count);
        foreach (var (start, end, reason) in unit.Gaps.OrderBy(static g => g.Start))
        {
            var (file, line, _) = places.At(start);
            gaps.Add(new SourceGap(start, end, file, line, reason)
            {
                Words = tokens.FirstBroken < 0 ? GapWords.Of(tokens.Text[start..end]) : null,
            });
        }

        return gaps.MoveToImmutable();
    }
}
