using System.Diagnostics;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Manifests;
using IpaAnalysis.Summaries;
using IpaAnalysis.Tests.Dumps;

namespace IpaAnalysis.Tests.Impact;

/// <summary>The answers against <see cref="Oracle"/>: affected functions, every reason, and what must be patched.</summary>
internal sealed class OracleTests
{
    private static readonly string[] s_outcomes = ["Function alias has been created.", "Function body was removed.", "Wrapper has been created."];

    [Test]
    public void Random_objects([Range(0, 9)] int hundred)
    {
        var lines = 0;
        for (var seed = 100 * hundred; seed < 100 * (hundred + 1); seed++)
        {
            var text = Random(seed);
            using var source = ByteSource.FromMemory(text.Object);
            var elf = text.HasSymbolTable ? ElfObject.Read(source, "", new DiagnosticBag()) : null;
            var oracle = new Oracle(text.Dump, text.HasCallGraph ? text.CallGraph : null, text.FoldingRecord, elf);
            lines += Compare(text.ToGraph(), oracle, $"seed {seed}, ");
        }

        Assert.That(lines, Is.GreaterThan(5000));
    }

    [Test]
    public void The_dumps_kept_in_the_project()
    {
        var entries = 0;
        foreach (var dump in DumpFixtures.Files("*.ipa-clones"))
        {
            var stem = dump[..dump.LastIndexOf(".c.", StringComparison.Ordinal)];
            entries += CompareFiles(
                dump, stem + ".ci", stem + ".o", Directory.EnumerateFiles(Path.GetDirectoryName(dump)!, Path.GetFileName(stem) + ".c.*.icf").SingleOrDefault());
        }

        Assert.That(entries, Is.GreaterThan(2000));
    }

    [Test]
    public void Objects_of_the_corpus()
    {
        var corpus = Tools.RequireCorpus();
        // Every object, unless time runs out: then those of the whole tree alike.
        var dumps = Directory.EnumerateFiles(corpus, "*.ipa-clones", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var watch = Stopwatch.StartNew();
        var (entries, objects) = (0, 0);
        for (var i = 0; i < dumps.Length && watch.Elapsed < TimeSpan.FromSeconds(45); i++)
        {
            var dump = dumps[(int)(i * 7919L % dumps.Length)];
            var stem = dump[..dump.LastIndexOf(".c.", StringComparison.Ordinal)];
            entries += CompareFiles(dump, stem + ".ci", stem + ".o", null);
            objects++;
        }

        TestContext.Out.WriteLine($"{objects} of {dumps.Length} objects, {entries} lines of answers, {watch.Elapsed.TotalSeconds:F1} s");
        Assert.That(entries, Is.Positive);
    }

    private static int CompareFiles(string dump, string calls, string file, string? folding)
    {
        var unit = new Unit
        {
            Object = "unit.o",
            DumpPath = dump,
            CallGraphPath = File.Exists(calls) ? calls : null,
            ObjectPath = File.Exists(file) ? file : null,
            FoldingRecordPath = folding,
            Paths = new SourcePathMap([]),
        };
        using var source = unit.ObjectPath is null ? null : ByteSource.FromMemory(File.ReadAllBytes(file));
        var oracle = new Oracle(
            File.ReadAllBytes(dump),
            unit.CallGraphPath is null ? null : File.ReadAllBytes(calls),
            folding is null ? null : File.ReadAllBytes(folding),
            source is null ? null : ElfObject.Read(source, "", new DiagnosticBag()));
        var graph = DependencyGraph.Build([new GraphUnit("unit.o", SummaryReader.Read(unit), static path => path)]);
        return Compare(graph, oracle, $"{Path.GetFileName(dump)}, ");
    }

    private static int Compare(DependencyGraph graph, Oracle oracle, string which)
    {
        var analyzer = new ImpactAnalyzer(graph);
        var lines = 0;
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            var impact = analyzer.Analyze(function);
            string[] instances = [.. impact.Instances.Select(graph.SymbolOf)];
            string[] expected = [.. oracle.Answer(instances).Order(StringComparer.Ordinal)];
            string[] actual = [.. Lines(graph, impact).Order(StringComparer.Ordinal)];
            if (!actual.SequenceEqual(expected))
            {
                Assert.That(actual, Is.EqualTo(expected), $"{which}{graph.SourceFunctions[function]}: {string.Join(' ', instances)}");
            }

            lines += actual.Length;
        }

        return lines;
    }

    private static IEnumerable<string> Lines(DependencyGraph graph, FunctionImpact impact) =>
    [
        .. impact.Affected.Select(a => $"{graph.SymbolOf(a.Vertex)}: {string.Join(", ", a.Reasons.Select(r => $"{KindNames.Of(r.Dependency.Kind)} {r.Dependency.Pass} {graph.SymbolOf(r.From)}"))}"),
        .. impact.FunctionsToPatch.Select(v => $"patch {graph.SymbolOf(v)}"),
    ];

    private static UnitText Random(int seed)
    {
        var random = new Random(seed);
        var text = new UnitText { HasCallGraph = random.Next(8) != 0, HasSymbolTable = random.Next(6) != 0 };
        List<string> bodies = [.. Enumerable.Range(0, 2 + random.Next(12)).Select(i => $"f{i}")];
        foreach (var function in bodies.ToArray())
        {
            AddClones(function, function);
        }

        for (var i = random.Next(3 * bodies.Count); i > 0; i--)
        {
            text.Inline(Any(), Any(), times: 1 + random.Next(2));
        }

        var emitted = bodies.Where(_ => random.Next(4) != 0).ToArray();
        foreach (var symbol in emitted)
        {
            _ = random.Next(2) == 0 ? text.Static(symbol) : text.Global(symbol);
            if (random.Next(6) == 0)
            {
                text.Symbol($"{symbol}.cold", isLocal: true);
            }
        }

        for (var i = random.Next(4 * bodies.Count); i > 0; i--)
        {
            text.Call(Any(), random.Next(9) switch { 0 => "external", 1 when emitted.Length > 0 => $"{emitted[0]}.localalias", _ => Any() });
        }

        // Each body is shared at most once, so that the pass of a pair is never in doubt.
        foreach (var kept in emitted.Where(_ => random.Next(4) == 0).ToArray())
        {
            var fresh = $"other_{kept.Replace('.', '_')}";
            var other = random.Next(2) == 0 ? fresh : bodies.Find(b => !emitted.Contains(b)) ?? fresh;
            bodies.Remove(other);
            var kind = random.Next(4);
            if (kind != 3)
            {
                text.Fold(kept, other, s_outcomes[kind]);
            }

            if (kind == 2)
            {
                text.Symbol(other, isLocal: false);
            }
            else if (kind == 3 || random.Next(2) == 0)
            {
                text.Symbol(other, isLocal: random.Next(2) == 0, at: kept);
            }
        }

        return text;

        string Any() => bodies[random.Next(bodies.Count)];

        void AddClones(string origin, string symbol)
        {
            foreach (var kind in (string[])["constprop", "isra", "part", "(null)", "avx2", ""])
            {
                if (random.Next(9) != 0)
                {
                    continue;
                }

                var clone = kind is "(null)" or "" ? $"{symbol}_copy{bodies.Count}" : $"{symbol}.{kind}.{random.Next(3)}";
                if (!bodies.Contains(clone))
                {
                    bodies.Add(clone);
                    if (kind is "(null)" or "" or "avx2" || random.Next(5) != 0)
                    {
                        text.Clone(symbol, clone, kind);
                    }

                    AddClones(origin, clone);
                }
            }
        }
    }
}
