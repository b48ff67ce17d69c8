using System.Text.RegularExpressions;

namespace IpaAnalysis.Faults.Plain;

/// <summary>A function with final code.</summary>
internal sealed record PlainFunction(string Symbol, string Label);

/// <summary>
/// Reads call graphs by a grammar of one graph in one file; written apart from the package's reader, which it is a check
/// of. Characters stand for bytes (Latin-1).
/// </summary>
internal sealed partial class PlainCallGraph
{
    private PlainCallGraph(string mainFile) => MainFile = mainFile;

    public string MainFile { get; }

    public List<PlainFunction> Functions { get; } = [];

    /// <summary>Calls of known functions.</summary>
    public List<(string Caller, string Callee)> Calls { get; } = [];

    /// <summary>Names of functions that have code under another name.</summary>
    public List<(string Alias, string Target)> Aliases { get; } = [];

    /// <summary>The graph, or null when any line is not exactly of the grammar.</summary>
    public static PlainCallGraph? Read(string text)
    {
        var lines = text.Split('\n');
        if (lines is not [_, .., "}", ""] && lines is not [_, .., "}"])
        {
            return null;
        }

        if (text.Any(static c => c is (< ' ' and not '\n') or '\x7f') || Title().Match(lines[0]) is not { Success: true } title)
        {
            return null;
        }

        var graph = new PlainCallGraph(title.Groups[1].Value);
        var end = lines[^1].Length == 0 ? lines.Length - 2 : lines.Length - 1;
        string? alias = null;
        foreach (var line in lines[1..end])
        {
            if (Edge().Match(line) is { Success: true } edge)
            {
                var (caller, callee) = (graph.Symbol(edge.Groups["from"].Value), graph.Symbol(edge.Groups["to"].Value));
                if (caller.Length == 0 || callee.Length == 0 || !AreNumbers(edge))
                {
                    return null;
                }

                if (alias is not null)
                {
                    if (caller != alias || edge.Groups["to"].Value == "__indirect_call")
                    {
                        return null;
                    }

                    graph.Aliases.Add((alias, callee));
                    alias = null;
                }
                else if (edge.Groups["to"].Value != "__indirect_call")
                {
                    graph.Calls.Add((caller, callee));
                }
            }
            else if (alias is not null)
            {
                return null;
            }
            else if (Node().Match(line) is { Success: true } node)
            {
                var symbol = graph.Symbol(node.Groups["title"].Value);
                if (symbol.Length == 0 || !AreNumbers(node) || !HasItsObjects(node))
                {
                    return null;
                }

                if (node.Groups["triangle"].Success)
                {
                    alias = symbol;
                }
                else if (!node.Groups["ellipse"].Success)
                {
                    graph.Functions.Add(new PlainFunction(symbol, node.Groups["name"].Value));
                }
            }
            else if (line != "node: { title: \"__indirect_call\" label: \"Indirect Call Placeholder\" shape : ellipse }")
            {
                return null;
            }
        }

        return alias is null ? graph : null;
    }

    private static bool AreNumbers(Match match) =>
        !match.Groups["line"].Success || (PlainCloneDump.IsNumber(match.Groups["line"].Value) && PlainCloneDump.IsNumber(match.Groups["column"].Value));

    private static bool HasItsObjects(Match node) =>
        !node.Groups["objects"].Success || node.Groups["object"].Captures.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) == node.Groups["objects"].Value;

    private string Symbol(string title) =>
        PlainCloneDump.Name(title.StartsWith(MainFile + ":", StringComparison.Ordinal) ? title[(MainFile.Length + 1)..] : title);

    [GeneratedRegex("""^graph: \{ title: "([^"]+)"\z""")]
    private static partial Regex Title();

    [GeneratedRegex("""^edge: \{ sourcename: "(?<from>[^"]+)" targetname: "(?<to>[^"]+)"( label: "([^"\\]*:(?<line>-?\d+):(?<column>-?\d+)|<built-in>)")? \}\z""")]
    private static partial Regex Edge();

    [GeneratedRegex("""^node: \{ title: "(?<title>[^"]+)" label: "(?<name>[^"\\]+)\\n([^"\\]*:(?<line>-?\d+):(?<column>-?\d+)|<built-in>)((?<ellipse>" shape : ellipse \})|(?<triangle>" shape : triangle \})|(\\n(0|[1-9]\d{0,8}) bytes \((static|dynamic|dynamic,bounded)\))?(\\n(?<objects>0|[1-9]\d{0,8}) dynamic objects(\\n(?<object> [^"\\]+ [^"\\]*:-?\d+:-?\d+))*)?" \})\z""", RegexOptions.ExplicitCapture)]
    private static partial Regex Node();
}
