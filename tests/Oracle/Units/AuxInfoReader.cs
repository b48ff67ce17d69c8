using System.Text.RegularExpressions;

namespace IpaAnalysis.Oracle.Units;

/// <summary>Reads what GCC itself says of the functions it saw (-aux-info): the oracle looks at no C text.</summary>
internal static partial class AuxInfoReader
{
    /// <summary>The functions that the unit defines.</summary>
    public static IEnumerable<DefinedFunction> Read(IEnumerable<string> lines) =>
        lines
            .Select(l => Definition().Match(l))
            .Where(m => m.Success)
            .Select(m => (Declarator: Declarator().Match(m.Groups["text"].Value), Match: m))
            .Where(m => m.Declarator.Success)
            .Select(m => new DefinedFunction(
                m.Declarator.Groups[1].Value, m.Match.Groups["text"].Value.StartsWith("static ", StringComparison.Ordinal), m.Match.Groups["file"].Value))
            .DistinctBy(f => f.Name);

    // F: a definition; I, N, O: how its parameters are declared.
    [GeneratedRegex(@"^/\* (?<file>.*):\d+:[INO]F \*/ (?<text>.*?);")]
    private static partial Regex Definition();

    // The first name before a parameter list, also of a function that returns a pointer to a function.
    [GeneratedRegex(@"(?<![\w.])(?!__attribute__|__typeof__)([A-Za-z_]\w*) \((?!\*)")]
    private static partial Regex Declarator();
}
