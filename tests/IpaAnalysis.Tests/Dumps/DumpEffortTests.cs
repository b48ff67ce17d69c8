using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Dumps.Clones;

namespace IpaAnalysis.Tests.Dumps;

/// <summary>What reading costs: nothing but the time on good text, and no more than linear time on any.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DumpEffortTests
{
    private const int Large = 1 << 20;

    private static readonly string Start = "Callgraph clone;";

    private static string Repeat(string piece, int size) => new StringBuilder().Insert(0, piece, size / piece.Length).ToString();

    /// <summary>Texts that take hours if any step is quadratic.</summary>
    private static IEnumerable<TestCaseData> HostileTexts()
    {
        yield return Case("empty lines", new string('\n', Large));
        yield return Case("semicolons", Start + Repeat(";", Large));
        yield return Case("ones", Start + Repeat(";1", Large));
        yield return Case("minus ones", Start + "f;1;a" + Repeat(";-1", Large) + ";5;x;1;2;isra");
        yield return Case("digits", Start + Repeat("1", Large));
        yield return Case("starts", Repeat("Callgraph clone;f;1;a.c\n", Large));
        yield return Case("start and short lines", Start + "f;1;a.c" + Repeat("\n;1;2", Large));
        yield return Case("arrows", Start + "f;1;a;2;3" + Repeat(";<-;", Large) + Repeat(";optimization:;", Large));
        yield return Case("long lines after a start", Repeat(Start + Repeat(";1", Large / 16) + "\n", Large / 4));
        yield return Case("edges", Repeat("edge: { sourcename: \"f\n", Large));
        yield return Case("edge without end", "edge: { sourcename: \"f\" targetname: \"g" + Repeat("\" label: \"", Large) + "\" }");
        yield return Case("label parts", "node: { title: \"f\" label: \"" + Repeat("\\n", Large) + "\" }");
        yield return Case("label parts with colons", "node: { title: \"f\" label: \"" + Repeat("\\n:1", Large) + "\" }\n" + Repeat("x\" }\n", Large));
        yield return Case("folding arrows", "optimized: Semantic equality hit:a/1" + Repeat("->", Large) + "b/2\noptimized: Assembler symbol names:a/1" + Repeat("->1", Large) + "b/2\n");
        yield return Case("folding messages", Repeat("optimized: Semantic equality hit:", Large));
        yield return Case("outcomes", Repeat("Unified; Wrapper has been created.\n", Large));

        static TestCaseData Case(string name, string text) => new TestCaseData(text).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(HostileTexts))]
    [CancelAfter(60_000)]
    public void Hostile_text_is_read_in_linear_time(string text)
    {
        var bytes = DumpRows.Bytes(text);
        var diagnostics = new DiagnosticBag();
        var records = DumpRows.Clones(bytes, diagnostics).Count + DumpRows.Graph(bytes, diagnostics).Count + DumpRows.Foldings(bytes, diagnostics).Count;

        Assert.That(records, Is.LessThanOrEqualTo(1));
        Assert.That(diagnostics, Has.Count.InRange(1, 63));
    }

    [Test]
    public void Names_of_a_megabyte_arrive_whole()
    {
        var name = Repeat("long name ", Large);
        var place = new Place(name, 1, 2);
        Assert.That(
            DumpRows.Clones($"Callgraph clone;{name};1;{name};1;2;x{name};2;{name};1;2;isra\n"),
            Is.EqualTo(new[] { new CloneRow(new NodeRow(name, 1, place), new NodeRow("x" + name, 2, place), "isra", 1) }));
        Assert.That(DumpRows.Graph($"graph: {{ title: \"{name}\"\nedge: {{ sourcename: \"{name}:{name}\" targetname: \"g\" label: \"{name}:1:2\" }}\n}}\n"), Has.Count.EqualTo(2));
    }

    [Test]
    public void Good_text_is_read_without_an_allocation()
    {
        var clones = File.ReadAllBytes(Path.Combine(DumpFixtures.Directory, "gcc-12", "generated.c.000i.ipa-clones"));
        var graph = File.ReadAllBytes(Path.Combine(DumpFixtures.Directory, "gcc-12", "generated.ci"));
        var diagnostics = new DiagnosticBag();
        Assert.That(Count(clones, graph, diagnostics), Is.GreaterThan(1000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(clones, graph, diagnostics);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static int Count(byte[] clones, byte[] graph, DiagnosticBag diagnostics)
    {
        var count = 0;
        var cloneReader = new CloneDumpReader(clones, "", diagnostics);
        while (cloneReader.Read(out _))
        {
            count++;
        }

        var graphReader = new CallGraphReader(graph, "", diagnostics);
        while (graphReader.Read(out _))
        {
            count++;
        }

        return count;
    }
}
