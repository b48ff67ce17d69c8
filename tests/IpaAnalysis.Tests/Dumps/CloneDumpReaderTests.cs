using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Dumps;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CloneDumpReaderTests
{
    private static readonly Place Here = new("a.c", 2, 3);

    private static CloneRow Clone(string original, int order, Place at, string copy, int copyOrder, Place copyAt, string reason, int line = 1) =>
        new(new NodeRow(original, order, at), new NodeRow(copy, copyOrder, copyAt), reason, line);

    private static CloneRow Removal(string name, int order, Place at, int line = 1) => new(new NodeRow(name, order, at), null, "", line);

    [Test]
    public void Reads_clones_and_removals_in_their_order()
    {
        var rows = DumpRows.Clones("Callgraph clone;f;1;a.c;2;3;g;40;b.h;500;6;inlining to\nCallgraph removal;f;1;a.c;2;3\n");

        Assert.That(rows, Is.EqualTo(new[]
        {
            Clone("f", 1, Here, "g", 40, new Place("b.h", 500, 6), "inlining to"),
            Removal("f", 1, Here, 2),
        }));
    }

    [TestCase("inlining to")]
    [TestCase("constprop")]
    [TestCase("(null)")]
    [TestCase("")]
    [TestCase("arch_x86_64_v3")]
    [TestCase("a reason of a plugin")]
    public void Reads_every_reason(string reason) =>
        Assert.That(
            DumpRows.Clones($"Callgraph clone;f;1;a.c;2;3;f.x.0;2;a.c;2;3;{reason}\n"),
            Is.EqualTo(new[] { Clone("f", 1, Here, "f.x.0", 2, Here, reason) }));

    [Test]
    public void Reads_the_old_form()
    {
        var rows = DumpRows.DoubtfulClones(
            "Callgraph clone;f;1;a.c;2;3;<-;g;40;b.h;500;6;optimization:;inlining to\nCallgraph clone;f;1;a;b.c;2;3;<-;x;y;40;b.h;500;6;optimization:;\n", 2);

        Assert.That(rows, Is.EqualTo(new[]
        {
            Clone("f", 1, Here, "g", 40, new Place("b.h", 500, 6), "inlining to"),
            Clone("f", 1, new Place("a;b.c", 2, 3), "x;y", 40, new Place("b.h", 500, 6), "", 2),
        }));
    }

    [Test]
    public void Strips_exactly_one_star()
    {
        var rows = DumpRows.Clones("Callgraph clone;*f;1;a.c;2;3;**g;2;a.c;2;3;isra\nCallgraph removal;*f;1;a.c;2;3\n");

        Assert.That(rows, Is.EqualTo(new[] { Clone("f", 1, Here, "*g", 2, Here, "isra"), Removal("f", 1, Here, 2) }));
    }

    [Test]
    public void Reads_built_in_locations_and_those_that_line_directives_made_negative()
    {
        var rows = DumpRows.Clones(
            "Callgraph removal;__builtin_unreachable;5833;<built-in>;0;0\nCallgraph clone;i;6;b.c;-6;19;j;7;b.c;-5;5;inlining to\nCallgraph removal;e;1;;1;2\n");

        Assert.That(rows, Is.EqualTo(new[]
        {
            Removal("__builtin_unreachable", 5833, new Place("<built-in>", 0, 0)),
            Clone("i", 6, new Place("b.c", -6, 19), "j", 7, new Place("b.c", -5, 5), "inlining to", 2),
            Removal("e", 1, new Place("", 1, 2), 3),
        }));
    }

    [Test]
    public void Passes_utf8_and_invalid_bytes_through()
    {
        var name = DumpRows.Utf8("größe");
        var rows = DumpRows.Clones($"Callgraph clone;{name};1;\xff\xfe.c;2;3;\xc3;2;\x80.c;2;3;isra\n");

        Assert.That(rows, Is.EqualTo(new[]
        {
            Clone(name, 1, new Place("\xff\xfe.c", 2, 3), "\xc3", 2, new Place("\x80.c", 2, 3), "isra"),
        }));
    }

    [Test]
    public void Reads_semicolons_spaces_and_quotes_in_files_and_names()
    {
        var odd = new Place("d;x y/\"b c.c", 2, 3);
        var rows = DumpRows.DoubtfulClones(
            "Callgraph clone;f;1;d;x y/\"b c.c;2;3;f.isra.0;4;d;x y/\"b c.c;2;3;isra\n"
            + "Callgraph clone;*odd;name x;1;a.c;2;3;z;q;4;a.c;5;6;inlining to\n"
            + "Callgraph removal;odd;name x;1;d;x y/\"b c.c;2;3\n",
            2);

        Assert.That(rows, Is.EqualTo(new[]
        {
            Clone("f", 1, odd, "f.isra.0", 4, odd, "isra"),
            Clone("odd;name x", 1, Here, "z;q", 4, new Place("a.c", 5, 6), "inlining to", 2),
            Removal("odd;name x", 1, odd, 3),
        }));
    }

    [Test]
    public void Decides_between_readings_by_equal_locations_then_equal_files_then_short_names()
    {
        // The file "7;8;x;9;a.c" makes a second place where the first node may end.
        var rows = DumpRows.DoubtfulClones(
            "Callgraph clone;f;1;u;7;8;x;9;a.c;2;3;f.isra.0;4;u;7;8;x;9;a.c;2;3;isra\n"
            + "Callgraph clone;f;1;u;7;8;x;9;a.c;2;3;g;4;u;7;8;x;9;a.c;5;6;inlining to\n"
            + "Callgraph clone;f;1;u;7;8;x;9;a.c;2;3;g;4;b.c;5;6;inlining to\n",
            1,
            3);

        var odd = new Place("u;7;8;x;9;a.c", 2, 3);
        Assert.That(rows, Is.EqualTo(new[]
        {
            Clone("f", 1, odd, "f.isra.0", 4, odd, "isra"),
            Clone("f", 1, odd, "g", 4, odd with { Line = 5, Column = 6 }, "inlining to", 2),
            Clone("f", 1, new Place("u", 7, 8), "x", 9, new Place("a.c;2;3;g;4;b.c", 5, 6), "inlining to", 3),
        }));
    }

    [Test]
    public void Joins_lines_of_a_record_that_holds_newlines()
    {
        var rows = DumpRows.DoubtfulClones(
            "Callgraph clone;i1;4;nl\nq.c;9;19;i2;5;nl\nq.c;10;5;inlining to\nCallgraph removal;i1;4;nl\n\nq.c;9;19\nCallgraph removal;f;1;a.c;2;3\n",
            1,
            4);

        Assert.That(rows, Is.EqualTo(new[]
        {
            Clone("i1", 4, new Place("nl\nq.c", 9, 19), "i2", 5, new Place("nl\nq.c", 10, 5), "inlining to"),
            Removal("i1", 4, new Place("nl\n\nq.c", 9, 19), 4),
            Removal("f", 1, Here, 7),
        }));
    }

    [Test]
    public void Tolerates_carriage_returns_and_reads_a_last_line_without_end()
    {
        var rows = DumpRows.DoubtfulClones("Callgraph removal;f;1;a.c;2;3\r\nCallgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;isra\r\nCallgraph removal;g;4;a.c;2;3", 3);

        Assert.That(rows, Is.EqualTo(new[] { Removal("f", 1, Here), Clone("f", 1, Here, "g", 4, Here, "isra", 2), Removal("g", 4, Here, 3) }));
    }

    [Test]
    public void Tells_the_kind_of_a_record_that_is_not_known_and_reads_the_rest()
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Clones("Callgraph merge;f;1;a.c;2;3;g;4;a.c;5;6\nCallgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;isra\n"u8, diagnostics);

        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(diagnostics.Single().Message, Does.Contain("'Callgraph merge'").And.Contains("GCC 7 to 16").And.Contains("newer compiler"));
    }

    [TestCase("")]
    [TestCase("a stray line")]
    [TestCase("Callgraph clone;f;1;a.c;2;3")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;")]
    [TestCase("Callgraph clone;f;x;a.c;2;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;-1;a.c;2;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;;1;a.c;2;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;*;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;99999999999;isra")]
    [TestCase("Callgraph removal;f;2147483648;a.c;2;3")]
    [TestCase("Callgraph removal;f;1;a.c;2")]
    [TestCase("Callgraph removal;")]
    [TestCase("callgraph removal;f;1;a.c;2;3")]
    public void Reports_a_line_that_cannot_be_understood_and_goes_on(string line)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Clones(DumpRows.Bytes($"Callgraph removal;f;1;a.c;2;3\n{line}\nCallgraph removal;g;4;a.c;2;3\n"), diagnostics);

        Assert.That(rows, Is.EqualTo(new[] { Removal("f", 1, Here), Removal("g", 4, Here, 3) }));
        Assert.That(diagnostics.Select(d => (d.Descriptor, d.File, d.Line)), Is.EqualTo(new[] { (DiagnosticCatalog.DumpLine, (string?)DumpRows.File, 2) }));
        Assert.That(diagnostics.Single().Message, Does.Not.Contain("/"));
        Assert.That(diagnostics.Single().Message.Contains("larger", StringComparison.Ordinal), Is.EqualTo(line.Contains("99999", StringComparison.Ordinal) || line.Contains("2147483648", StringComparison.Ordinal)));
    }

    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;isra\0")]
    [TestCase("Callgraph clone;f\0;1;a.c;2;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a\tb.c;2;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g\x7f;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;inlining toCallgraph clone;x;1;a.c;2;3;y;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;inlining tograph clone;x;1;a.c;2;3;y;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2D;6;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;isr\r")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;gCallgraph clone;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;israCallgraph clone")]
    [TestCase("Callgraph clone;f;1;a.c;2;3;g;4;a.c;2;3;\"isra")]
    public void Reads_and_tells_what_GCC_does_not_write(string line) =>
        Assert.That(DumpRows.DoubtfulClones($"Callgraph removal;f;1;a.c;2;3\n{line}\nCallgraph removal;g;4;a.c;2;3\n", 2), Has.Count.EqualTo(3));

    [TestCase("Callgraph clone;f;01;a.c;2;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph clone;f;1;a.c;02;3;g;4;a.c;2;3;isra")]
    [TestCase("Callgraph removal;f;1;a.c;2;00")]
    public void Numbers_have_no_zeros_in_front(string line)
    {
        var diagnostics = new DiagnosticBag();
        Assert.That(DumpRows.Clones(DumpRows.Bytes(line + "\n"), diagnostics), Is.Empty);
        Assert.That(diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "IPA3001" }));
    }

    [Test]
    public void A_directory_with_separators_that_comes_again_is_believed() =>
        Assert.That(
            DumpRows.Clones("Callgraph clone;f;1;d;x y/a;b.h;2;3;g;4;main.c;5;6;inlining to\nCallgraph clone;h;1;d;x y/c.h;2;3;g;4;main.c;5;6;inlining to\n"),
            Has.Count.EqualTo(2));

    [Test]
    public void The_largest_numbers_are_read() =>
        Assert.That(
            DumpRows.Clones("Callgraph clone;f;2147483647;a.c;2;3;g;4;a.c;2147483647;-2147483648;isra\n"),
            Is.EqualTo(new[] { Clone("f", 2147483647, Here, "g", 4, new Place("a.c", 2147483647, -2147483648), "isra") }));

    [Test]
    public void A_truncated_last_line_is_reported()
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Clones("Callgraph removal;f;1;a.c;2;3\nCallgraph clone;f;1;a.c;2;3;g"u8, diagnostics);

        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(diagnostics.Single().Line, Is.EqualTo(2));
    }

    [Test]
    public void An_empty_dump_has_nothing_to_say() => Assert.That(DumpRows.Clones(""), Is.Empty);

    [Test]
    public void Many_unreadable_lines_are_counted()
    {
        var diagnostics = new DiagnosticBag();
        DumpRows.Clones(DumpRows.Bytes(new string('\n', 25)), diagnostics);

        Assert.That(diagnostics.Select(d => d.Line), Is.EqualTo(Enumerable.Range(1, 21)));
        Assert.That(diagnostics.Last().Message, Does.Contain(" 5 more lines"));
    }
}
