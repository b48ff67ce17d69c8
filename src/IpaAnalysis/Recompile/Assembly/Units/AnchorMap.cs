using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>Which variables lie at which offsets from the section anchors of a unit.</summary>
internal sealed class AnchorMap
{
    private readonly Dictionary<string, (AnchorLayout Layout, long Offset)> _anchors = new(StringComparer.Ordinal);

    public bool IsEmpty => _anchors.Count == 0;

    public void Add(string anchor, AnchorLayout layout, long offset) => _anchors[anchor] = (layout, offset);

    /// <summary>Whether an offset from an anchor here and one from an anchor of another unit are the same place of the same variable.</summary>
    public bool IsSamePlace(ImmutableArray<string> anchors, long offset, AnchorMap other, ImmutableArray<string> otherAnchors, long otherOffset)
    {
        foreach (var anchor in anchors)
        {
            foreach (var otherAnchor in otherAnchors)
            {
                // The end of an array is the place after its last byte.
                if (IsSamePlace(anchor, offset, other, otherAnchor, otherOffset) || IsSamePlace(anchor, offset - 1, other, otherAnchor, otherOffset - 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsSamePlace(string anchor, long offset, AnchorMap other, string otherAnchor, long otherOffset) =>
        TryFind(anchor, offset, out var label, out var distance)
        && other.TryFind(otherAnchor, otherOffset, out var otherLabel, out var otherDistance)
        && distance == otherDistance
        && NameOf(label) == NameOf(otherLabel);

    private static string NameOf(ReadOnlyMemory<byte> label) =>
        SymbolName.Text(SymbolName.WithoutNumbers(label.Span, new byte[label.Length]));

    private bool TryFind(string anchor, long offset, out ReadOnlyMemory<byte> label, out long distance)
    {
        (label, distance) = (default, 0);
        return _anchors.TryGetValue(anchor, out var place) && place.Layout.TryFind(place.Offset + offset, out label, out distance);
    }
}
