using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;

namespace IpaAnalysis.Tests.Dumps;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CallGraphReaderTests
{
    private const string Header = "graph: { title: \"a.c\"\n";

    private static GraphRow Unit(string file, int line = 1) => new(CallGraphRecordKind.Unit, file, "", "", false, false, null, line);

    private static GraphRow Function(string symbol, string name, bool local, bool defined, Place at, int line = 2) =>
        new(CallGraphRecordKind.Function, name, symbol, "", local, defined, at, line);

    private static GraphRow Call(string from, string to, Place? at, int line = 2, bool indirect = false) =>
        new(CallGraphRecordKind.Call, "", from, to, indirect, false, at, line);

    private static GraphRow One(string line, string title = "a.c", params int[] doubtful)
    {
        var rows = DumpRows.DoubtfulGraph($"graph: {{ title: \"{title}\"\n{line}\n}}\n", doubtful);
        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(rows[0], Is.EqualTo(Unit(title)));
        return rows[1];
    }

    [TestCase("", "")]
    [TestCase("\\n8 bytes (static)", "")]
    [TestCase("\\n8 bytes (static)\\n0 dynamic objects", "")]
    [TestCase("\\n32 bytes (dynamic)\\n1 dynamic objects\\n v we\"ird.c:12:36", "")]
    public void Reads_functions_with_any_decoration(string decoration, string _) =>
        Assert.That(
            One($"node: {{ title: \"f\" label: \"f\\na.c:20:36{decoration}\" }}"),
            Is.EqualTo(Function("f", "f", false, true, new Place("a.c", 20, 36))));

    [TestCase("f", "f", "f", false)]
    [TestCase("*my_ren", "ren", "my_ren", false)]
    [TestCase("**my_ren", "ren", "*my_ren", false)]
    [TestCase("a.c:cp.constprop.0", "cp.constprop", "cp.constprop.0", true)]
    [TestCase("a.c:*my_ren", "ren", "my_ren", true)]
    [TestCase("a.c:tc.default", "tc", "tc.default", true)]
    [TestCase("_ZGVbN4v_sd", "sd.simdclone.0", "_ZGVbN4v_sd", false)]
    [TestCase("b.c:f", "f", "b.c:f", false)]
    [TestCase("a.cf", "f", "a.cf", false)]
    [TestCase("odd:na\\nme x", "q", "odd:na\\nme x", false)]
    public void Takes_symbols_from_titles_and_names_from_labels(string title, string name, string symbol, bool local) =>
        Assert.That(
            One($"node: {{ title: \"{title}\" label: \"{name}\\nh.h:1:2\" }}"),
            Is.EqualTo(Function(symbol, name, local, true, new Place("h.h", 1, 2))));

    [Test]
    public void The_quotes_of_the_main_file_are_missing_in_titles() =>
        Assert.That(
            One("node: { title: \"a b;c.c:loc\" label: \"loc\\na \"b;c.c:8:38\" }", "a \"b;c.c"),
            Is.EqualTo(Function("loc", "loc", true, true, new Place("a \"b;c.c", 8, 38))));

    [Test]
    public void Reads_what_is_only_declared()
    {
        Assert.That(
            One("node: { title: \"ext\" label: \"ext\\nall.c:1:32\" shape : ellipse }"),
            Is.EqualTo(Function("ext", "ext", false, false, new Place("all.c", 1, 32))));
        Assert.That(
            One("node: { title: \"memcpy\" label: \"__builtin_memcpy\\n<built-in>\" shape : ellipse }"),
            Is.EqualTo(Function("memcpy", "__builtin_memcpy", false, false, new Place("<built-in>", 0, 0))));
    }

    [TestCase("init_module", "a.c:start", false, "init_module", "start")]
    [TestCase("a.c:*other", "a.c:f.constprop.0", true, "other", "f.constprop.0")]
    [TestCase("a.c:fold_two", "fold_one", true, "fold_two", "fold_one")]
    public void Reads_an_alias_with_the_edge_behind_it(string title, string targetTitle, bool local, string symbol, string target) =>
        Assert.That(
            One($"node: {{ title: \"{title}\" label: \"name\\nh.h:1:2\" shape : triangle }}\nedge: {{ sourcename: \"{title}\" targetname: \"{targetTitle}\" label: \"h.h:1:2\" }}"),
            Is.EqualTo(new GraphRow(CallGraphRecordKind.Alias, "name", symbol, target, local, false, new Place("h.h", 1, 2), 2)));

    [TestCase("edge: { sourcename: \"g\" targetname: \"h\" }\n", 1)]
    [TestCase("edge: { sourcename: \"al\" targetname: \"__indirect_call\" }\n", 1)]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\" }\n", 1)]
    [TestCase("", 0)]
    public void Tells_an_alias_of_nothing_and_leaves_it_out(string next, int rows)
    {
        var read = DumpRows.DoubtfulGraph(
            Header + "node: { title: \"al\" label: \"al\\na.c:3:4\" shape : triangle }\n" + next + "}\n", 2);
        Assert.That(read.Count, Is.EqualTo(rows + 1));
        Assert.That(read.Select(r => r.Kind), Has.None.EqualTo(CallGraphRecordKind.Alias));
    }

    [Test]
    public void Only_the_first_edge_of_an_alias_is_its_own() =>
        Assert.That(
            DumpRows.Graph(Header
                + "node: { title: \"al\" label: \"al\\na.c:3:4\" shape : triangle }\n"
                + "edge: { sourcename: \"al\" targetname: \"f\" label: \"a.c:3:4\" }\n"
                + "edge: { sourcename: \"f\" targetname: \"al\" label: \"a.c:5:6\" }\n}\n").Skip(1),
            Is.EqualTo(new[]
            {
                new GraphRow(CallGraphRecordKind.Alias, "al", "al", "f", false, false, new Place("a.c", 3, 4), 2),
                Call("f", "al", new Place("a.c", 5, 6), 4),
            }));

    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\" shape : rhomb }", "shape : rhomb")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\\n8 bytes (static)\" color : lightred shape : box }", "color : lightred shape : box")]
    public void Tells_a_node_of_another_form_and_reads_what_it_can(string line, string word)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Graph(DumpRows.Bytes($"{Header}{line}\n}}\n"), diagnostics);

        Assert.That(rows[1], Is.EqualTo(Function("f", "f", false, false, new Place("a.c", 1, 2))));
        Assert.That(diagnostics.Single().Message, Does.Contain(word).And.Contains("GCC 10 to 16").And.Contains("newer compiler"));
    }

    [Test]
    public void Tells_a_call_of_another_form_and_reads_it()
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Graph(DumpRows.Bytes(Header + "edge: { sourcename: \"f\" targetname: \"g\" label: \"a.c:1:2\" linestyle : dashed }\n}\n"), diagnostics);

        Assert.That(rows[1], Is.EqualTo(Call("f", "g", new Place("a.c", 1, 2))));
        Assert.That(diagnostics.Single().Message, Does.Contain("linestyle : dashed").And.Contains("newer compiler"));
    }

    [Test]
    public void Tells_the_kind_of_a_record_that_is_not_known()
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Graph(DumpRows.Bytes(Header + "backedge: { sourcename: \"f\" targetname: \"g\" }\nedge: { sourcename: \"f\" targetname: \"g\" }\n}\n"), diagnostics);

        Assert.That(rows[1], Is.EqualTo(Call("f", "g", null, 3)));
        Assert.That(diagnostics.Single().Message, Does.Contain("'backedge'").And.Contains("GCC 10 to 16"));
    }

    [Test]
    public void Reads_calls()
    {
        Assert.That(
            One("edge: { sourcename: \"a.c:f\" targetname: \"*g\" label: \"x:y.c:3:41\" }"),
            Is.EqualTo(Call("f", "g", new Place("x:y.c", 3, 41))));
        Assert.That(One("edge: { sourcename: \"f\" targetname: \"memcpy\" }"), Is.EqualTo(Call("f", "memcpy", null)));
        Assert.That(
            One("edge: { sourcename: \"f\" targetname: \"__indirect_call\" label: \"loc.c:3:36\" }"),
            Is.EqualTo(Call("f", "", new Place("loc.c", 3, 36), indirect: true)));
    }

    [Test]
    public void The_placeholder_of_indirect_calls_is_no_function() =>
        Assert.That(
            DumpRows.Graph(Header + "node: { title: \"__indirect_call\" label: \"Indirect Call Placeholder\" shape : ellipse }\n}\n"),
            Is.EqualTo(new[] { Unit("a.c") }));

    [Test]
    public void A_file_name_may_hold_what_ends_parts_and_records()
    {
        Assert.That(
            One("node: { title: \"f\" label: \"f\\nd\\new:1/\" label: \"x\" }.c:8:38\\n16 bytes (static)\" }", doubtful: 2),
            Is.EqualTo(Function("f", "f", false, true, new Place("d\\new:1/\" label: \"x\" }.c", 8, 38))));
        Assert.That(
            One("edge: { sourcename: \"f\" targetname: \"g\" label: \"d\\new/\" label: \"x\" }.c:8:38\" }", doubtful: 2),
            Is.EqualTo(Call("f", "g", new Place("d\\new/\" label: \"x\" }.c", 8, 38))));
    }

    [Test]
    public void Joins_lines_of_a_record_that_holds_newlines()
    {
        var rows = DumpRows.DoubtfulGraph(
            "graph: { title: \"n\nl.c\"\n"
            + "node: { title: \"n\nl.c:f\" label: \"f\\nnl\n\nq.c:10:5\\n32 bytes (static)\" }\n"
            + "edge: { sourcename: \"n\nl.c:f\" targetname: \"x\ny\" label: \"nl\nq.c:9:36\" }\n}\n",
            1,
            3,
            7);

        Assert.That(rows, Is.EqualTo(new[]
        {
            Unit("n\nl.c"),
            Function("f", "f", true, true, new Place("nl\n\nq.c", 10, 5), 3),
            Call("f", "x\ny", new Place("nl\nq.c", 9, 36), 7),
        }));
    }

    [Test]
    public void Tolerates_carriage_returns_and_a_last_line_without_end() =>
        Assert.That(
            DumpRows.Graph("graph: { title: \"a.c\"\r\nedge: { sourcename: \"f\" targetname: \"g\" }\r\n}"),
            Is.EqualTo(new[] { Unit("a.c"), Call("f", "g", null) }));

    [TestCase("")]
    [TestCase("a stray line")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:20:36")]
    [TestCase("node: { title: \"f\" label: \"f\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:20\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:20:99999999999\" }")]
    [TestCase("node: { title: \"\" label: \"f\\na.c:20:36\" }")]
    [TestCase("node: { title: \"a.c:\" label: \"f\\na.c:20:36\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g")]
    [TestCase("edge: { sourcename: \"f\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g\" label: \"a.c\" }")]
    [TestCase("edge: { sourcename: \" }")]
    [TestCase("node: { title: \"\" label: \" }")]
    [TestCase("graph: { title: \"")]
    public void Reports_a_line_that_cannot_be_understood_and_goes_on(string line)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Graph(DumpRows.Bytes($"{Header}{line}\nedge: {{ sourcename: \"f\" targetname: \"g\" }}\n}}\n"), diagnostics);

        Assert.That(rows, Is.EqualTo(new[] { Unit("a.c"), Call("f", "g", null, 3) }));
        Assert.That(diagnostics.Select(d => (d.Descriptor, d.File, d.Line)), Is.EqualTo(new[] { (DiagnosticCatalog.CallGraphLine, (string?)DumpRows.File, 2) }));
        Assert.That(diagnostics.Single().Message, Does.Not.Contain("/"));
    }

    [TestCase("", 0, "empty")]
    [TestCase("graph: { title: \"a.c\"\n", 1, "closing brace")]
    [TestCase("graph: { title: \"a.c\"\nedge: { sourcename: \"f\" targetname: \"g\" }\n", 2, "closing brace")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g\" }\n}\n", 1, "title")]
    [TestCase("}\n", 1, "title")]
    [TestCase("graph: { title: \"a.c\"\n}\n}\n", 3, "title")]
    [TestCase("graph: { title: \"a.c\"\ngraph: { title: \"b.c\"\n}\n", 2, "second")]
    public void Reports_a_graph_that_is_not_whole(string text, int line, string word)
    {
        var diagnostics = new DiagnosticBag();
        DumpRows.Graph(DumpRows.Bytes(text), diagnostics);

        Assert.That(diagnostics.Select(d => (d.Code, d.Line)), Is.EqualTo(new[] { ("IPA3002", line) }));
        Assert.That(diagnostics.Single().Message, Does.Contain(word));
    }

    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\\nanything else: 7\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\\n8 bytes (stag\\na.c:3:4\\n8 bytes (static)\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\\n2 dynamic objects\\n v a.c:1:2\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\\n1 dynamic objects\\n v a.c:1:2\" }edge: { sourcename: \"f\" targetname: \"g\" label: \"a.c:3:4\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\na.c:1:2\" }node: { title: \"g\" label: \"g\\na.c:3:4\" }")]
    [TestCase("node: { title: \"f\" label: \"\\na.c:1:2\" }")]
    [TestCase("node: { title: \"f\" label: \"f\\p\\na.c:1:2\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g\" label: \"a.c:1:2\" }edge: { sourcename: \"f\" targetname: \"h\" label: \"a.c:3:4\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g\" label: \"a.c:1:2\" }ge: { sourcename: \"f\" targetname: \"h\" label: \"a.c:3:4\" }")]
    [TestCase("edge: { sourcename: \"f\" }\" targetname: \"g\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g\" label: \"a.c:1:2a.c:3:4\" }")]
    [TestCase("edge: { sourcename: \"f\" targetname: \"g\0\" }")]
    public void Reads_and_tells_what_GCC_does_not_write(string line) => One(line, doubtful: 2);

    [Test]
    public void Reads_one_graph_after_another_and_tells_it() =>
        Assert.That(
            DumpRows.DoubtfulGraph("graph: { title: \"a.c\"\n}\ngraph: { title: \"b.c\"\nnode: { title: \"b.c:f\" label: \"f\\nb.c:1:2\" }\n}\n", 3),
            Is.EqualTo(new[] { Unit("a.c"), Unit("b.c", 3), Function("f", "f", true, true, new Place("b.c", 1, 2), 4) }));

    [Test]
    public void Many_unreadable_lines_are_counted_together_with_the_missing_end()
    {
        var diagnostics = new DiagnosticBag();
        DumpRows.Graph(DumpRows.Bytes(Header + new string('\n', 25)), diagnostics);

        Assert.That(diagnostics.Select(d => d.Line), Is.EqualTo(Enumerable.Range(2, 21)));
        Assert.That(diagnostics.Last().Message, Does.Contain(" 6 more lines"));
    }
}
