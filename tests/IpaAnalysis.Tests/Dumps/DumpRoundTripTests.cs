using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Tests.Collection;

namespace IpaAnalysis.Tests.Dumps;

/// <summary>Random records, printed the way GCC prints them, are read back equal.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DumpRoundTripTests
{
    private const int Records = 3000;

    private static readonly string[] Reasons = ["inlining to", "constprop", "isra", "part", "(null)", "", "simdclone", "unheard of"];

    [TestCase(1, false, false)]
    [TestCase(2, false, false)]
    [TestCase(3, true, false)]
    [TestCase(4, true, false)]
    [TestCase(8, false, true)]
    [TestCase(9, false, true)]
    public void Clone_dumps(int seed, bool newlines, bool usual)
    {
        var random = new HostileText(seed, usual);
        var text = new StringBuilder();
        var rows = new List<CloneRow>();
        var line = 1;
        for (var i = 0; i < Records; i++)
        {
            var old = random.Next(4) == 0;
            var original = Node(random, newlines, old);
            var copy = random.Next(4) == 0 ? null : Node(random, newlines, old);
            var reason = copy is null ? "" : Reasons[random.Next(Reasons.Length)];
            var start = text.Length;
            text.Append(copy is null
                ? $"Callgraph removal;{Print(random, original)}\n"
                : old
                    ? $"Callgraph clone;{Print(random, original)};<-;{Print(random, copy)};optimization:;{reason}\n"
                    : $"Callgraph clone;{Print(random, original)};{Print(random, copy)};{reason}\n");
            rows.Add(new CloneRow(original, copy, reason, line));
            line += text.ToString(start, text.Length - start).Count(c => c == '\n');
        }

        var diagnostics = new DiagnosticBag();
        Assert.That(DumpRows.Clones(DumpRows.Bytes(text.ToString()), diagnostics), Is.EqualTo(rows));
        Assert.That(diagnostics, usual ? Is.Empty : Is.Not.Empty, "control characters and separators are told");
    }

    [TestCase(5, false, false)]
    [TestCase(6, true, false)]
    [TestCase(7, true, false)]
    [TestCase(10, false, true)]
    public void Call_graphs(int seed, bool newlines, bool usual)
    {
        var random = new HostileText(seed, usual);
        var main = "m" + random.Name(newlines) + ".c";
        var text = new StringBuilder($"graph: {{ title: \"{main}\"\n");
        var rows = new List<GraphRow> { new(CallGraphRecordKind.Unit, main, "", "", false, false, null, 1) };
        var line = 2 + main.Count(c => c == '\n');
        for (var i = 0; i < Records; i++)
        {
            var start = text.Length;
            var symbol = Unquoted(random.Symbol(newlines));
            var place = random.Next(5) == 0 ? new Place("<built-in>", 0, 0) : new Place(random.Name(newlines), random.Number(), random.Number());
            var at = place.File == "<built-in>" ? place.File : $"{place.File}:{place.Line}:{place.Column}";
            var local = random.Next(2) == 0;
            var title = (local ? Unquoted(main) + ":" : "") + random.Printed(symbol);
            switch (random.Next(4))
            {
                case 0:
                    text.Append($"node: {{ title: \"{title}\" label: \"src\\n{at}\" shape : ellipse }}\n");
                    rows.Add(new GraphRow(CallGraphRecordKind.Function, "src", symbol, "", local, false, place, line));
                    break;
                case 1:
                    text.Append($"node: {{ title: \"{title}\" label: \"src\\n{at}\\n8 bytes (static)\\n1 dynamic objects\\n v {at.Replace("\n", "", StringComparison.Ordinal)}\" }}\n");
                    rows.Add(new GraphRow(CallGraphRecordKind.Function, "src", symbol, "", local, true, place, line));
                    break;
                case 2:
                    text.Append($"edge: {{ sourcename: \"{title}\" targetname: \"g\" label: \"{at}\" }}\n");
                    rows.Add(new GraphRow(CallGraphRecordKind.Call, "", symbol, "g", false, false, place, line));
                    break;
                default:
                    text.Append($"edge: {{ sourcename: \"f\" targetname: \"{title}\" }}\n");
                    rows.Add(new GraphRow(CallGraphRecordKind.Call, "", "f", symbol, false, false, null, line));
                    break;
            }

            line += text.ToString(start, text.Length - start).Count(c => c == '\n');
        }

        var diagnostics = new DiagnosticBag();
        Assert.That(DumpRows.Graph(DumpRows.Bytes(text.Append("}\n").ToString()), diagnostics), Is.EqualTo(rows));
        Assert.That(diagnostics, usual ? Is.Empty : Is.Not.Empty, "control characters and quotes are told");
    }

    private static NodeRow Node(HostileText random, bool newlines, bool old)
    {
        // In the old form the arrow is the only sign of where the first node ends.
        var without = old ? "<-" : "\uffff";
        return new NodeRow(random.Symbol(newlines, without), random.Number(), new Place(random.Name(newlines, without), random.Number(), random.Number()));
    }

    private static string Print(HostileText random, NodeRow node) =>
        $"{random.Printed(node.Symbol)};{node.Order};{node.Location.File};{node.Location.Line};{node.Location.Column}";

    /// <summary>GCC leaves double quotes out of titles.</summary>
    private static string Unquoted(string name) => name.Replace("\"", "", StringComparison.Ordinal);
}
