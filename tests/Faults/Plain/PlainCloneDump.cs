using System.Globalization;

namespace IpaAnalysis.Faults.Plain;

/// <summary>A line of a clone dump; no copy means a removal.</summary>
internal sealed record PlainClone(string Original, string? Copy, string Reason);

/// <summary>
/// Reads clone dumps by the grammar that GCC's <c>printf</c> calls make, and nothing else: written apart from the package's
/// reader, which it is a check of. Characters stand for bytes (Latin-1).
/// </summary>
internal static class PlainCloneDump
{
    /// <summary>The records, or null when any line is not exactly of the grammar.</summary>
    public static List<PlainClone>? Read(string text)
    {
        var records = new List<PlainClone>();
        var lines = text.Split('\n');
        if (lines[^1].Length > 0)
        {
            return null;
        }

        foreach (var line in lines[..^1])
        {
            if (line.Any(static c => c is < ' ' or '\x7f'))
            {
                return null;
            }

            var fields = line.Split(';');
            PlainClone? record = fields switch
            {
                ["Callgraph removal", .. var node] when node.Length == 5 && IsNode(node) => new(Name(node[0]), null, ""),
                ["Callgraph clone", .. var nodes, var reason] when nodes.Length == 10 && IsNode(nodes[..5]) && IsNode(nodes[5..]) => new(Name(nodes[0]), Name(nodes[5]), reason),
                ["Callgraph clone", .. var nodes, "optimization:", var reason] when nodes.Length == 11 && nodes[5] == "<-" && IsNode(nodes[..5]) && IsNode(nodes[6..]) =>
                    new(Name(nodes[0]), Name(nodes[6]), reason),
                _ => null,
            };
            if (record is null)
            {
                return null;
            }

            records.Add(record);
        }

        return records;
    }

    public static bool IsNumber(string text, bool isNatural = false) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value.ToString(CultureInfo.InvariantCulture) == text
        && (!isNatural || value >= 0);

    public static string Name(string name) => name.StartsWith('*') ? name[1..] : name;

    private static bool IsNode(string[] fields) =>
        Name(fields[0]).Length > 0 && IsNumber(fields[1], isNatural: true) && IsNumber(fields[3]) && IsNumber(fields[4]);
}
