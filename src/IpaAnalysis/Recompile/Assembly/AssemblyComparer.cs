using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly.Flow;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Recompile.Assembly;

/// <summary>Compares two compiles of one translation unit function by function.</summary>
internal static class AssemblyComparer
{
    /// <summary>
    /// Finds the source-level functions whose code differs. All bodies that a compile has of one (<c>g</c>, <c>g.part.0</c>,
    /// <c>g.constprop.1</c>) are matched with those of the other compile by their kinds and code. It differs if both compiles have
    /// a body without an equal in the other: one that only came or only went says nothing of the code of those that stayed.
    /// </summary>
    /// <param name="baseline">The compile of the text as it is.</param>
    /// <param name="variant">The compile of the changed text.</param>
    public static AssemblyComparison Compare(AssemblyUnit baseline, AssemblyUnit variant)
    {
        var before = new PieceTable(baseline);
        var after = new PieceTable(variant);
        var differences = ImmutableArray.CreateBuilder<FunctionDifference>();
        var layouts = ImmutableArray.CreateBuilder<FunctionDifference>();
        var processor = AssemblySyntax.Of(baseline.Machine)?.Loads ?? ConstantLoad.Unknown;
        var compared = ImmutableArray.CreateBuilder<string>();
        var gone = ImmutableArray.CreateBuilder<string>();
        var shared = ImmutableArray.CreateBuilder<SharedBodyChange>();
        foreach (var origin in before.Origins)
        {
            if (after[origin].Count == 0)
            {
                gone.Add(origin);
                continue;
            }

            compared.Add(origin);
            AddSharing(before[origin], after[origin], shared);
            AddDifference(origin, before, after, processor, differences, layouts);
        }

        return new AssemblyComparison
        {
            Differences = differences.ToImmutable(),
            LayoutDifferences = layouts.ToImmutable(),
            Compared = compared.ToImmutable(),
            BaselineOnly = gone.ToImmutable(),
            VariantOnly = [.. after.Origins.Where(o => before[o].Count == 0)],
            SharedBodyChanges = shared.ToImmutable(),
            NotExact = NotExact(baseline, variant),
        };
    }

    private static void AddDifference(
        string origin,
        PieceTable before,
        PieceTable after,
        ConstantLoad processor,
        ImmutableArray<FunctionDifference>.Builder differences,
        ImmutableArray<FunctionDifference>.Builder layouts)
    {
        var (baseline, variant) = Unmatched(before[origin], after[origin]);
        Match(baseline, variant, static (b, v) => LoadedConstant.IsSame(b.Code.Span, v.Code.Span));
        if (!before.Anchors.IsEmpty && !after.Anchors.IsEmpty)
        {
            Match(baseline, variant, (b, v) => AnchoredCode.IsSame(b.Function, before.Anchors, v.Function, after.Anchors));
        }

        if (baseline.Count == 0 || variant.Count == 0)
        {
            return;
        }

        var (all, allVariant) = (baseline.ToArray(), variant.ToArray());
        Match(baseline, variant, (b, v) => FlowComparer.IsSame(b.Code, v.Code, processor));
        Add(origin, [.. all.Except(baseline)], [.. allVariant.Except(variant)], layouts);
        Add(origin, baseline, variant, differences);
    }

    private static void Add(string origin, List<Piece> baseline, List<Piece> variant, ImmutableArray<FunctionDifference>.Builder differences)
    {
        if (baseline.Count == 0 || variant.Count == 0)
        {
            return;
        }

        var first = baseline[0];
        differences.Add(new FunctionDifference
        {
            Origin = origin,
            Symbols = [.. baseline.Select(p => SymbolName.Whole(p.Symbol)).Distinct(StringComparer.Ordinal)],
            VariantSymbols = [.. variant.Select(p => SymbolName.Whole(p.Symbol)).Distinct(StringComparer.Ordinal)],
            Diff = DifferenceText.Of(first, variant.Find(p => p.Kind == first.Kind) ?? variant[0]),
        });
    }

    private static (List<Piece> Baseline, List<Piece> Variant) Unmatched(IReadOnlyList<Piece> before, IReadOnlyList<Piece> after)
    {
        // An alias of the same function in both has that function's code, and is told there.
        var aliases = before.Where(p => p.Target is not null).Select(p => (p.Kind, p.Target)).ToHashSet();
        aliases.IntersectWith(after.Where(p => p.Target is not null).Select(p => (p.Kind, p.Target)));

        var variant = after.Where(p => !aliases.Contains((p.Kind, p.Target))).ToList();
        var open = new Dictionary<string, Dictionary<ReadOnlyMemory<byte>, int>>(StringComparer.Ordinal);
        foreach (var piece in variant)
        {
            if (!open.TryGetValue(piece.Kind, out var codes))
            {
                open.Add(piece.Kind, codes = Utf8Keys.Table<int>());
            }

            codes[piece.Code] = codes.GetValueOrDefault(piece.Code) + 1;
        }

        var unmatched = before.Where(p => !aliases.Contains((p.Kind, p.Target)) && !Take(open, p)).ToList();
        return (unmatched, [.. variant.Where(p => Take(open, p))]);
    }

    /// <summary>Takes out the pairs that are the same by another measure than their bytes.</summary>
    private static void Match(List<Piece> baseline, List<Piece> variant, Func<Piece, Piece, bool> isSame)
    {
        // No real function has so many bodies.
        if ((long)baseline.Count * variant.Count > 10_000)
        {
            return;
        }

        baseline.RemoveAll(b =>
        {
            var match = variant.FindIndex(v => v.Kind == b.Kind && isSame(b, v));
            if (match >= 0)
            {
                variant.RemoveAt(match);
            }

            return match >= 0;
        });
    }

    private static bool Take(Dictionary<string, Dictionary<ReadOnlyMemory<byte>, int>> open, Piece piece)
    {
        if (!open.TryGetValue(piece.Kind, out var codes) || codes.GetValueOrDefault(piece.Code) == 0)
        {
            return false;
        }

        codes[piece.Code]--;
        return true;
    }

    private static void AddSharing(IReadOnlyList<Piece> before, IReadOnlyList<Piece> after, ImmutableArray<SharedBodyChange>.Builder changes)
    {
        if (before.All(p => p.Target is null) && after.All(p => p.Target is null))
        {
            return;
        }

        var targets = after.GroupBy(p => p.Symbol).ToDictionary(g => g.Key, g => g.First().Target, StringComparer.Ordinal);
        foreach (var piece in before)
        {
            if (targets.TryGetValue(piece.Symbol, out var target) && target != piece.Target)
            {
                changes.Add(new SharedBodyChange(piece.Symbol, piece.Target, target));
            }
        }
    }

    private static ImmutableArray<string> NotExact(AssemblyUnit baseline, AssemblyUnit variant)
    {
        var causes = baseline.NotUnderstood.Concat(variant.NotUnderstood).Select(n => n.Message).ToList();
        if (!baseline.TopLevelCode.Span.SequenceEqual(variant.TopLevelCode.Span))
        {
            causes.Add("inline assembly outside functions");
        }

        return [.. causes.Distinct(StringComparer.Ordinal)];
    }
}
