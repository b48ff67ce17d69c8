using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Tests.Dumps;

namespace IpaAnalysis.Tests.Summaries;

/// <summary>What is the same in the records of GCC 11 to 16 is answered the same: GCC 15 and 16 write aliases, GCC 16 no line for versions.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AliasFixtureTests
{
    private static readonly string[] s_compilers = ["gcc-11", "gcc-12", "gcc-13", "gcc-14", "gcc-15", "gcc-16", "s390x"];

    [TestCaseSource(nameof(s_compilers))]
    public void The_records_of_every_compiler_are_read_whole(string compiler)
    {
        foreach (var stem in (string[])["kinds", "aliases", "small"])
        {
            Assert.That(SummaryReader.Read(Unit(compiler, stem)).Diagnostics, Is.Empty, stem);
        }
    }

    [TestCaseSource(nameof(s_compilers))]
    public void A_declared_alias_is_an_instance_and_calls_nothing(string compiler)
    {
        var graph = Graph(Unit(compiler, "aliases"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(graph, "init_module").Instances, Is.EqualTo(["init_module", "start"]));
            Assert.That(Answer.Of(graph, "stop").Instances, Is.EqualTo(["cleanup_module", "stop"]));
            Assert.That(Answer.Of(graph, "body").Instances, Is.EqualTo(["body", "other_body", "third_body", "weak_body"]));
            Assert.That(Answer.Of(graph, "fold_one").Affected["fold_two"], Does.Contain("sharedBody ipa-icf fold_one"));
            foreach (var alias in (string[])["init_module", "cleanup_module", "weak_body", "third_body", "fold_two"])
            {
                Assert.That(Callees(Unit(compiler, "aliases"), alias), Is.Empty, alias);
            }
        }
    }

    /// <summary>An archive of dumps has no symbols: from GCC 15 on the call graph says what is an alias.</summary>
    [TestCase("gcc-15")]
    [TestCase("gcc-16")]
    public void Without_symbols_the_call_graph_tells_the_aliases(string compiler)
    {
        var unit = Unit(compiler, "aliases") with { ObjectPath = null };
        var graph = Graph(unit);
        var unrecorded = Graph(unit with { FoldingRecordPath = null });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(graph, "start").Instances, Is.EqualTo(["init_module", "start"]));
            Assert.That(Answer.Of(graph, "third_body").Instances, Does.Contain("body").And.Contains("third_body"));
            Assert.That(Answer.Of(graph, "choose").Affected, Is.Empty.Or.ContainKey("chosen"));
            Assert.That(Answer.Of(graph, "fold_one").Affected["fold_two"], Does.Contain("sharedBody ipa-icf fold_one"));
            Assert.That(Answer.Of(unrecorded, "fold_one").Affected["fold_two"], Does.Contain("sharedBody unknown fold_one"));
        }
    }

    [TestCase("gcc-12", "dispatched.avx2", "dispatched.arch_haswell", "dispatched.default", "unknown")]
    [TestCase("gcc-13", "dispatched.avx2", "dispatched.arch_haswell", "dispatched.default", "unknown")]
    [TestCase("gcc-14", "dispatched.avx2", "dispatched.arch_haswell", "dispatched.default", "unknown")]
    [TestCase("gcc-15", "dispatched.avx2", "dispatched.arch_haswell", "dispatched.default", "unknown")]
    [TestCase("gcc-16", "dispatched.avx2", "dispatched.arch_haswell", "dispatched.default", "target_clones")]
    public void Every_version_of_a_function_is_a_copy(string compiler, string first, string second, string otherwise, string pass)
    {
        foreach (var unit in (Unit[])[Unit(compiler, "aliases"), Unit(compiler, "aliases") with { FoldingRecordPath = null }])
        {
            var answer = Answer.Of(Graph(unit), "dispatched");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(answer.Instances, Is.EqualTo(["dispatched"]));
                Assert.That(answer.Affected.Keys, Is.EquivalentTo([first, second, otherwise]));
                Assert.That(answer.Affected[first], Is.EqualTo([$"cloned {pass} dispatched"]));
                Assert.That(answer.Affected[otherwise], Is.EqualTo(["cloned target_clones dispatched"]));
            }
        }
    }

    [Test]
    public void A_function_of_versions_lies_where_the_source_has_it()
    {
        foreach (var compiler in s_compilers.SkipLast(1))
        {
            var summary = SummaryReader.Read(Unit(compiler, "aliases"));
            var function = summary.Functions.Single(f => summary.Names.GetString(f.Symbol) == "dispatched");
            Assert.That((function.Line, summary.Names.GetString(function.Name)), Is.EqualTo((85, "dispatched")), compiler);
        }
    }

    private static DependencyGraph Graph(Unit unit) => DependencyGraph.Build([new GraphUnit(unit.Object, SummaryReader.Read(unit), static path => path)]);

    private static string[] Callees(Unit unit, string caller)
    {
        var summary = SummaryReader.Read(unit);
        string Name(int function) => summary.Names.GetString(summary.Functions[function].Symbol);
        return [.. summary.CallEdges.Where(e => Name(e.Caller) == caller).Select(e => Name(e.Callee))];
    }

    private static Unit Unit(string compiler, string stem)
    {
        var directory = Path.Combine(DumpFixtures.Directory, compiler);
        return new Unit
        {
            Object = stem + ".o",
            ObjectPath = Path.Combine(directory, stem + ".o"),
            DumpPath = Path.Combine(directory, stem + ".c.000i.ipa-clones"),
            CallGraphPath = Path.Combine(directory, stem + ".ci"),
            FoldingRecordPath = Directory.EnumerateFiles(directory, stem + ".c.*.icf").SingleOrDefault(),
            Paths = new SourcePathMap([directory]),
        };
    }
}
