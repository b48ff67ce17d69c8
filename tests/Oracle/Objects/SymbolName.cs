using System.Text.RegularExpressions;

namespace IpaAnalysis.Oracle.Objects;

/// <summary>What a symbol's name says of the source, and what of it is mere numbering.</summary>
internal static partial class SymbolName
{
    /// <summary>The function of the source whose code it is.</summary>
    public static string Origin(string symbol)
    {
        while (CloneSuffix().Match(symbol) is { Success: true, Index: > 0 } suffix)
        {
            symbol = symbol[..suffix.Index];
        }

        return symbol;
    }

    /// <summary>The name without the numbers of clones and of local statics, which change without meaning.</summary>
    public static string Canonical(string symbol) => Number().Replace(symbol, "").Replace(".localalias", "", StringComparison.Ordinal);

    [GeneratedRegex(@"[.$](constprop|isra|part|cold|simdclone|localalias|lto_priv|resolver|default)([.$]\d+)*$|[.$]\d+$")]
    private static partial Regex CloneSuffix();

    [GeneratedRegex(@"\.\d+")]
    private static partial Regex Number();
}
