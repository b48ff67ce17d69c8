using System.Text.RegularExpressions;
using IpaAnalysis.Dumps.Folding;

namespace IpaAnalysis.Faults.Plain;

/// <summary>
/// Reads the folded pairs of a dump of identical code folding by a grammar of its messages; written apart from the
/// package's reader, which it is a check of. Characters stand for bytes (Latin-1).
/// </summary>
internal static partial class PlainFoldingRecord
{
    /// <summary>The pairs, or null when a line is part of a message but none that GCC writes, or in another order.</summary>
    public static List<(string Kept, string Folded, FoldingKind Kind)>? Read(string text)
    {
        var pairs = new List<(string, string, FoldingKind)>();
        var lines = text.Split('\n');
        if (lines[^1].Length > 0 || text.Any(static c => c is (< ' ' and not ('\n' or '\t')) or '\x7f'))
        {
            return null;
        }

        (string Kept, string Folded)? open = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (Hit().Match(lines[i]) is { Success: true } hit)
            {
                var names = Names().Match(++i < lines.Length ? lines[i] : "");
                if (!names.Success || names.Groups["a"].Value != hit.Groups["a"].Value || names.Groups["b"].Value != hit.Groups["b"].Value)
                {
                    return null;
                }

                open = (PlainCloneDump.Name(names.Groups["kept"].Value), PlainCloneDump.Name(names.Groups["folded"].Value));
                if (open is { Kept: "" } or { Folded: "" })
                {
                    return null;
                }
            }
            else if (lines[i] is "Unified; Variable alias has been created." or "Unified; Function alias has been created."
                or "Unified; Wrapper has been created." or "Unified; Function body was removed.")
            {
                if (open is not { } pair)
                {
                    return null;
                }

                open = null;
                if (lines[i].Contains("Variable", StringComparison.Ordinal))
                {
                    continue;
                }

                pairs.Add((pair.Kept, pair.Folded, lines[i].Contains("Wrapper", StringComparison.Ordinal) ? FoldingKind.Wrapper
                    : lines[i].Contains("removed", StringComparison.Ordinal) ? FoldingKind.Removed : FoldingKind.Alias));
            }
            else if (Fragment().IsMatch(lines[i]))
            {
                return null;
            }
        }

        return pairs;
    }

    [GeneratedRegex(@"^([^""]*:-?\d+:-?\d+: )?optimized: Semantic equality hit:.+/(?<a>0|[1-9]\d{0,8})->.+/(?<b>0|[1-9]\d{0,8})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Hit();

    [GeneratedRegex(@"^([^""]*:-?\d+:-?\d+: )?optimized: Assembler symbol names:(?<kept>[^ ]+)/(?<a>0|[1-9]\d{0,8})->(?<folded>[^ ]+)/(?<b>0|[1-9]\d{0,8})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Names();

    /// <summary>What is left of a message that was torn.</summary>
    [GeneratedRegex("optimized: |Semantic equality|Assembler symbol|Unified|has been created|was removed")]
    private static partial Regex Fragment();
}
