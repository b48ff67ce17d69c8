using System.Text.RegularExpressions;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Options;

/// <summary>Lists the options that exist: those that a compiler prints, and every row of the library's own table.</summary>
internal static partial class OptionRows
{
    private const string Table = "src/IpaAnalysis/CommandLines/Options/gcc-options.tsv";

    private static readonly string[] s_classes =
        ["common", "c", "target", "optimizers", "warnings", "params", "undocumented", "joined", "separate", "common,undocumented", "c,undocumented", "target,undocumented"];

    /// <summary>The options, each name once, sorted.</summary>
    /// <param name="compiler">The compiler that is asked.</param>
    public static IReadOnlyList<OptionRow> Of(string compiler)
    {
        var rows = new SortedDictionary<string, OptionRow>(StringComparer.Ordinal);
        foreach (var row in s_classes.SelectMany(c => Printed(compiler, c)).Concat(InTable()))
        {
            rows[row.Name] = rows.TryGetValue(row.Name, out var known)
                ? new OptionRow(row.Name, known.TakesNext || row.TakesNext, known.TakesJoined || row.TakesJoined, [.. known.Values.Union(row.Values)])
                : row;
        }

        return [.. rows.Values];
    }

    private static IEnumerable<OptionRow> Printed(string compiler, string @class)
    {
        var run = Compiler.Run(compiler, ["--help=" + @class], "/");
        foreach (Match line in Line().Matches(run.Output))
        {
            var (name, value) = (line.Groups["name"].Value, line.Groups["value"].Value);
            var values = value.StartsWith('[') ? value.Trim('[', ']').Split('|') : value.StartsWith("<0", StringComparison.Ordinal) ? ["0"] : [];
            yield return new OptionRow(name, @class == "separate" || line.Groups["next"].Success, @class == "joined" || name.EndsWith('='), values);
        }
    }

    /// <summary>The rows of the table, whose first two columns are name and form; none where this is no clone of the repository.</summary>
    private static IEnumerable<OptionRow> InTable()
    {
        if (Repository.Find(Table) is not { } table)
        {
            yield break;
        }

        foreach (var line in File.ReadLines(table))
        {
            if (line.StartsWith('-') && line.Split('\t') is [var name, var form, ..])
            {
                yield return new OptionRow(name, form.Contains("separate", StringComparison.Ordinal), form.Contains("joined", StringComparison.Ordinal), []);
            }
        }
    }

    // "  -name", then perhaps "=", a value in brackets, or " <argument>".
    [GeneratedRegex(@"^  (?<name>-[^\s=<\[]+=?)(?<value>\[[^\]\s]*\]|<[^>\s]*>)?(?<next> <[^>]+>)?", RegexOptions.Multiline)]
    private static partial Regex Line();
}
