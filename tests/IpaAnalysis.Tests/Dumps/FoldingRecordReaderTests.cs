using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Folding;

namespace IpaAnalysis.Tests.Dumps;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class FoldingRecordReaderTests
{
    private const string Alias = "Unified; Function alias has been created.\n";
    private const string Wrapper = "Unified; Wrapper has been created.\n";

    private static string Hit(string names, string? assemblerNames = null, string at = "a.c:3:38: ") =>
        $"{at}optimized: Semantic equality hit:{names}\n{at}optimized: Assembler symbol names:{assemblerNames ?? names}\n";

    [TestCase(Alias, FoldingKind.Alias)]
    [TestCase(Wrapper, FoldingKind.Wrapper)]
    [TestCase("Unified; Function body was removed.\n", FoldingKind.Removed)]
    public void Reads_what_was_made(string outcome, FoldingKind kind) =>
        Assert.That(DumpRows.Foldings(Hit("f/0->g/12") + outcome), Is.EqualTo(new[] { new FoldingRow("f", "g", kind, 2) }));

    [Test]
    public void Reads_assembler_names_and_takes_the_orders_from_the_source_names()
    {
        var rows = DumpRows.Foldings(
            Hit("ren/1->g/2", "*my_ren/1->*g->h/2")
            + Alias
            + Hit("int a(int*)/0->X::operator->()/1", "_Z1aPi/0->_ZN1XptEv/1", "")
            + Alias
            + Hit("p/1->q/2", "x/7->y/1->z/2", "q;x:1:2.c:9:5: ")
            + Alias);

        Assert.That(rows, Is.EqualTo(new[]
        {
            new FoldingRow("my_ren", "g->h", FoldingKind.Alias, 2),
            new FoldingRow("_Z1aPi", "_ZN1XptEv", FoldingKind.Alias, 5),
            new FoldingRow("x/7->y", "z", FoldingKind.Alias, 8),
        }));
    }

    [Test]
    public void A_wrapper_may_be_said_many_lines_later()
    {
        var body = "\nAnalyzing function: g/9\n  calls:\n    f/8 function not considered for inlining\n;; 1 loops found\n";
        var rows = DumpRows.Foldings("Congruence classes: 12\n" + Hit("f/8->g/9") + body + Wrapper + Hit("i/1->j/2") + body);

        Assert.That(rows, Is.EqualTo(new[] { new FoldingRow("f", "g", FoldingKind.Wrapper, 3) }));
    }

    [TestCase("")]
    [TestCase("Not unifying; alias is external.\n")]
    [TestCase("Unified; Variable alias has been created.\n")]
    public void What_was_not_unified_or_is_a_variable_is_not_returned(string outcome) =>
        Assert.That(
            DumpRows.Foldings(Hit("f/0->g/1") + outcome + Hit("h/2->i/3") + Alias),
            Is.EqualTo(new[] { new FoldingRow("h", "i", FoldingKind.Alias, outcome.Length == 0 ? 4 : 5) }));

    [TestCase("ariable alias has been created.5\n", 3)]
    [TestCase("Unifixed; Function alias has been created.\n", 3)]
    [TestCase("Unified; Function ali\n", 3)]
    [TestCase(";; 1 loops foundUnified; Wrapper has been created.\n", 3)]
    [TestCase("  return\0\0;\n", 3)]
    [TestCase("  retu", 3)]
    [TestCase("  x = soptimized: Semantic equality hit:t_clones (\"avx2\", \"default\")\n", 3)]
    [TestCase("  log (\"a\\\"\"); optimized: Semantic\n", 3)]
    [TestCase("  return 1;\r\n", 3)]
    [TestCase("fraction of loaded symbol\"c:131:21: optimized: Semantic equality hit:f/0->g/1\na.c:1:2: optimized: Assembler symbol names:f/0->g/1\n", 3)]
    public void Tells_damage_where_an_outcome_may_be_lost(string text, int line)
    {
        var diagnostics = new DiagnosticBag();
        Assert.That(DumpRows.Foldings(DumpRows.Bytes(Hit("f/0->g/1") + text), diagnostics), Is.Empty);
        Assert.That(diagnostics.Select(d => (d.Code, d.Line)), Is.EqualTo(new[] { ("IPA3007", line) }));
    }

    [Test]
    public void The_text_of_a_statement_is_no_record() =>
        Assert.That(
            DumpRows.Foldings("  foo (&\"optimized: Semantic equality hit:a/1->b/2\"[0]);\n  bar (&\"Unified; Wrapper has been created.\");\n"),
            Is.Empty);

    [TestCase("a.c:1:2: optimized: Semantic equality hit:f/0->g/1\n", 1)]
    [TestCase("a.c:1:2: optimized: Semantic equality hit:f/0->g/1\n" + Alias, 1)]
    [TestCase("a.c:1:2: optimized: Assembler symbol names:f/0->g/1\n", 1)]
    [TestCase("a.c:1:2: optimized: Semantic equality hit:f/0->g/1\na.c:1:2: optimized: Assembler symbol names:f/0->g/2\n", 2)]
    [TestCase("a.c:1:2: optimized: Semantic equality hit:f->g\na.c:1:2: optimized: Assembler symbol names:f->g\n", 2)]
    [TestCase("a.c:1:2: optimized: Semantic equality hit:f/0->g/1\na.c:1:2: optimized: Assembler symbol names:f/0->*/1\n", 2)]
    [TestCase(Alias, 1)]
    [TestCase("nl\na.c:1:2: optimized: Assembler symbol names:f/0->g/1\n", 2)]
    public void Reports_a_record_without_its_names(string text, int line)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Foldings(DumpRows.Bytes(text + Hit("h/2->i/3") + Alias), diagnostics);

        Assert.That(rows.Select(r => (r.Kept, r.Folded)), Is.EqualTo(new[] { ("h", "i") }));
        Assert.That(diagnostics.First().Descriptor, Is.EqualTo(DiagnosticCatalog.FoldingRecordLine));
        Assert.That(diagnostics.First().Line, Is.EqualTo(line));
    }
}
