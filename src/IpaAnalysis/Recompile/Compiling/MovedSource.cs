namespace IpaAnalysis.Recompile.Compiling;

/// <summary>A source that was compiled by another path than it has now: <c>__FILE__</c> has put the old one into the object.</summary>
internal static class MovedSource
{
    /// <summary>
    /// The option by which the compiler writes the old path for the new one (<c>-fmacro-prefix-map</c>, GCC 8 and later): the part before the
    /// components that both end in, so that headers beside the source are named as before too. None where nothing moved or a path is relative.
    /// </summary>
    /// <param name="recorded">The path that the recorded command names.</param>
    /// <param name="present">The path that the source has now.</param>
    public static string[] Options(string? recorded, string present)
    {
        if (recorded is not ['/', ..] || recorded == present || present is not ['/', ..])
        {
            return [];
        }

        var (before, now) = (recorded.Split('/'), present.Split('/'));
        var common = 0;
        while (common < Math.Min(before.Length, now.Length) - 1 && before[^(common + 1)] == now[^(common + 1)])
        {
            common++;
        }

        // GCC takes the first equals sign as the end of the new path.
        var to = string.Join('/', now[..^common]) + "/";
        return common == 0 || to.Contains('=', StringComparison.Ordinal) ? [] : [$"-fmacro-prefix-map={to}={string.Join('/', before[..^common])}/"];
    }
}
