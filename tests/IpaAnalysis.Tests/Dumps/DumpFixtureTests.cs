using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Dumps.Folding;

namespace IpaAnalysis.Tests.Dumps;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DumpFixtureTests
{
    [Test]
    public void Every_line_of_the_kept_dumps_is_read()
    {
        var diagnostics = new DiagnosticBag();
        foreach (var file in DumpFixtures.Files("*.ipa-clones"))
        {
            var text = File.ReadAllBytes(file);
            Assert.That(DumpRows.Clones(text, diagnostics), Has.Count.EqualTo(text.AsSpan().Count((byte)'\n')), file);
        }

        foreach (var file in DumpFixtures.Files("*.ci"))
        {
            // Two lines are no records: the closing brace and, where a call is indirect, the placeholder. An alias takes two lines.
            var text = File.ReadAllBytes(file);
            var silent = 1 + (text.AsSpan().IndexOf("Indirect Call Placeholder"u8) >= 0 ? 1 : 0) + text.AsSpan().Count("shape : triangle"u8);
            Assert.That(DumpRows.Graph(text, diagnostics), Has.Count.EqualTo(text.AsSpan().Count((byte)'\n') - silent), file);
        }

        Assert.That(diagnostics, Is.Empty);
    }

    [Test]
    public void The_old_form_says_the_same_as_the_new_one() =>
        Assert.That(Clones("old"), Is.EqualTo(Clones("gcc-12")));

    [TestCase("gcc-12/kinds.c.079i.icf")]
    [TestCase("gcc-11/kinds.c.077i.icf")]
    [TestCase("gcc-13/kinds.c.079i.icf")]
    [TestCase("gcc-14/kinds.c.083i.icf")]
    [TestCase("gcc-15/kinds.c.084i.icf")]
    [TestCase("gcc-16/kinds.c.089i.icf")]
    [TestCase("s390x/kinds.c.079i.icf")]
    public void Folding_records_are_found_between_the_function_bodies(string file)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Foldings(File.ReadAllBytes(Path.Combine(DumpFixtures.Directory, file)), diagnostics);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(rows.Select(r => (r.Kept, r.Folded, r.Kind)), Is.EqualTo(new[]
        {
            ("twin_one", "twin_two", FoldingKind.Alias),
            ("same_one", "same_two", FoldingKind.Wrapper),
        }));
    }

    [TestCase("gcc-14", 0)]
    [TestCase("gcc-15", 8)]
    [TestCase("gcc-16", 8)]
    public void The_edge_of_an_alias_is_no_call(string compiler, int aliases)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Graph(File.ReadAllBytes(Path.Combine(DumpFixtures.Directory, compiler, "aliases.ci")), diagnostics);
        var found = rows.Where(r => r.Kind == CallGraphRecordKind.Alias).ToList();

        Assert.That(diagnostics, Is.Empty);
        Assert.That(found, Has.Count.EqualTo(aliases));
        Assert.That(rows.Where(r => r.Kind == CallGraphRecordKind.Call).Select(r => r.From), Has.None.AnyOf("init_module", "cleanup_module", "weak_body", "third_body", "fold_two"));
        if (aliases > 0)
        {
            Assert.That(found.Select(r => (r.From, r.To)), Is.SupersetOf(new[]
            {
                ("init_module", "start"), ("cleanup_module", "stop"), ("weak_body", "body"), ("third_body", "body"), ("other_body", "body"),
                ("fold_two", "fold_one"), ("chosen", "choose"), ("dispatched", "dispatched.resolver"),
            }));
        }
    }

    private static List<CloneRow> Clones(string compiler)
    {
        var diagnostics = new DiagnosticBag();
        return DumpRows.Clones(File.ReadAllBytes(Path.Combine(DumpFixtures.Directory, compiler, "kinds.c.000i.ipa-clones")), diagnostics);
    }
}
