using FsCheck;
using FsCheck.Fluent;

namespace IpaAnalysis.Tests.Properties;

/// <summary>Lists as input of a property: how they are made, and what is smaller.</summary>
internal static class Lists
{
    /// <summary>Lists of any length up to a bound.</summary>
    /// <param name="items">Makes the items.</param>
    /// <param name="most">The length of the longest.</param>
    /// <param name="least">The length of the shortest.</param>
    public static Gen<T[]> Of<T>(Gen<T> items, int most, int least = 0) =>
        from length in Gen.Choose(least, most)
        from list in items.ArrayOf(length)
        select list;

    /// <summary>Texts of pieces.</summary>
    /// <param name="pieces">What they are made of.</param>
    /// <param name="most">How many pieces the longest has.</param>
    public static Gen<string[]> OfPieces(IEnumerable<string> pieces, int most) => Of(Gen.Elements(pieces), most);

    /// <summary>What is left of a list when a part of it is taken away: large parts first.</summary>
    public static IEnumerable<T[]> Shorter<T>(T[] list)
    {
        for (var part = list.Length; part > 0; part /= 2)
        {
            for (var start = 0; start + part <= list.Length; start += part)
            {
                yield return [.. list[..start], .. list[(start + part)..]];
            }
        }
    }

    /// <summary>Lists of lists that are shorter, or have a shorter item.</summary>
    public static IEnumerable<T[][]> ShorterOrSmaller<T>(T[][] list) => Shorter(list)
        .Concat(list.SelectMany((item, i) => Shorter(item).Select(smaller => (T[][])[.. list[..i], smaller, .. list[(i + 1)..]])));
}
