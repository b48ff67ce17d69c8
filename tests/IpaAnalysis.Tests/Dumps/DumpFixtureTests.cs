using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps;

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
            // Two lines are no records: the closing brace and, where a call is indirect, the placeholder.
            var text = File.ReadAllBytes(file);
            var silent = 1 + (text.AsSpan().IndexOf("Indirect Call Placeholder"u8) >= 0 ? 1 : 0);
            Assert.That(DumpRows.Graph(text, diagnostics), Has.Count.EqualTo(text.AsSpan().Count((byte)'\n') - silent), file);
        }

        Assert.That(diagnostics, Is.Empty);
    }

    [Test]
    public void The_old_form_says_the_same_as_the_new_one() =>
        Assert.That(Clones("old"), Is.EqualTo(Clones("gcc-12")));

    [TestCase("gcc-12/kinds.c.079i.icf")]
    [TestCase("gcc-11/kinds.c.077i.icf")]
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

    private static List<CloneRow> Clones(string compiler)
    {
        var diagnostics = new DiagnosticBag();
        return DumpRows.Clones(File.ReadAllBytes(Path.Combine(DumpFixtures.Directory, compiler, "kinds.c.000i.ipa-clones")), diagnostics);
    }
}
