using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Tests.Impact;

internal sealed class FunctionResolverTests
{
    private static readonly DependencyGraph s_graph = DependencyGraph.Build([
        new UnitText("mm/slub.o") { Source = "mm/slub.c" }.Clone("alloc", "alloc.isra.0", "isra").Static("alloc.isra.0", "check").Global("setup")
            .Node("*label", "named").Symbol("label", isLocal: false).Symbol("setup_module", isLocal: false, at: "setup").Call("setup", "external").ToUnit(),
        new UnitText("drivers/xmm/slub.o") { Source = "drivers/xmm/slub.c" }.Static("check").Global("probe").ToUnit(),
    ]);

    [TestCase("alloc", "alloc")]
    [TestCase("alloc.isra.0", "alloc")]
    [TestCase("alloc.isra.0.cold", "alloc")]
    [TestCase("named", "named")]
    [TestCase("label", "named")]
    [TestCase("setup", "setup")]
    [TestCase("setup_module", "setup")]
    [TestCase("setup.cold", "setup")]
    [TestCase("setup.cold.12", "setup")]
    public void A_name_or_any_symbol_of_it_finds_the_function(string name, string expected)
    {
        var (functions, diagnostics) = Resolve(new FunctionQuery(name));
        Assert.That(diagnostics, Is.Empty);
        Assert.That(functions.Select(f => f.Name), Is.EqualTo([expected]));
    }

    [TestCase("mm/slub.c", null, 0, "mm/slub.c")]
    [TestCase("xmm/slub.c", null, 0, "drivers/xmm/slub.c")]
    [TestCase("drivers/xmm/slub.c", null, 0, "drivers/xmm/slub.c")]
    [TestCase("./xmm/slub.c", null, 0, "drivers/xmm/slub.c")]
    [TestCase("xmm\\slub.c", null, 0, "drivers/xmm/slub.c")]
    [TestCase(null, "mm/slub.o", 0, "mm/slub.c")]
    [TestCase(null, "xmm/slub.o", 0, "drivers/xmm/slub.c")]
    [TestCase(null, null, 1, "drivers/xmm/slub.c")]
    [TestCase(null, null, 2, "mm/slub.c")]
    public void A_selector_decides_between_functions_of_one_name(string? file, string? unit, int line, string expected)
    {
        var (functions, diagnostics) = Resolve(new FunctionQuery("check", file, unit, line));
        Assert.That(diagnostics, Is.Empty);
        Assert.That(functions.Select(f => f.File), Is.EqualTo([expected]));
    }

    [Test]
    public void Several_functions_are_an_error_that_lists_them_unless_all_are_meant()
    {
        var (none, ambiguous) = Resolve(new FunctionQuery("check"));
        var (both, nothing) = Resolve(new FunctionQuery("check", AllMatches: true));
        var (stillNone, stillAmbiguous) = Resolve(new FunctionQuery("check", SourceFile: "slub.c"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(none, Is.Empty);
            Assert.That(ambiguous.Single().Code, Is.EqualTo("IPA4003"));
            Assert.That(ambiguous.Single().Message, Does.Contain("drivers/xmm/slub.c:1:1 check (drivers/xmm/slub.o)").And.Contains("mm/slub.c:2:1 check (mm/slub.o)"));
            Assert.That(both, Has.Length.EqualTo(2));
            Assert.That(nothing, Is.Empty);
            Assert.That(stillNone, Is.Empty);
            Assert.That(stillAmbiguous.Single().Code, Is.EqualTo("IPA4003"));
        }
    }

    [TestCase("chek", "'check'")]
    [TestCase("porbe", "'probe'")]
    [TestCase("set_up", "'setup'")]
    public void An_unknown_name_is_an_error_with_near_spellings(string name, string near)
    {
        var (functions, diagnostics) = Resolve(new FunctionQuery(name));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(functions, Is.Empty);
            Assert.That(diagnostics.Single().Code, Is.EqualTo("IPA4001"));
            Assert.That(diagnostics.Single().Message, Does.Contain($"Did you mean {near}"));
        }
    }

    [Test]
    public void What_is_only_called_and_what_no_selector_matches_is_said_so()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Resolve(new FunctionQuery("external")).Diagnostics.Single().Message, Does.StartWith("'external' is called, but no object holds its body."));
            var elsewhere = Resolve(new FunctionQuery("probe", SourceFile: "m/slub.c")).Diagnostics.Single();
            Assert.That(elsewhere.Code, Is.EqualTo("IPA4001"));
            Assert.That(elsewhere.Message, Does.Contain("drivers/xmm/slub.c:2:1 probe"));
        }
    }

    [Test]
    public void Without_any_symbol_table_a_name_may_exist_unseen()
    {
        var graph = new UnitText { HasSymbolTable = false, HasCallGraph = false }.Inline("f", "g").ToGraph();
        var (functions, diagnostics) = Resolve(new FunctionQuery("h"), graph);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(functions, Is.Empty);
            Assert.That(diagnostics.Single().Code, Is.EqualTo("IPA4002"));
            Assert.That(diagnostics.Single().Descriptor.MeansIncomplete, Is.True);
            Assert.That(Resolve(new FunctionQuery("g"), graph).Diagnostics, Is.Empty);
        }
    }

    [Test]
    public void In_nothing_there_is_no_function() =>
        Assert.That(Resolve(new FunctionQuery("f"), DependencyGraph.Build([])).Diagnostics.Single().Code, Is.EqualTo("IPA4001"));

    [Test]
    public void A_list_of_many_is_cut()
    {
        var graph = DependencyGraph.Build(Enumerable.Range(0, 25).Select(i => new UnitText($"{i:00}.o") { Source = $"{i:00}.c" }.Static("f").ToUnit()));
        var message = Resolve(new FunctionQuery("f"), graph).Diagnostics.Single().Message;
        Assert.That(message, Does.Contain("25 functions").And.Contains("09.c:1:1").And.Contains("and 15 more").And.Not.Contains("10.c"));
    }

    [TestCase("src/a.c", "a.c", true)]
    [TestCase("src/a.c", "src/a.c", true)]
    [TestCase("/abs/src/a.c", "/abs/src/a.c", true)]
    [TestCase("/abs/src/a.c", "/src/a.c", true)]
    [TestCase("src/a.c", "rc/a.c", false)]
    [TestCase("src/a.c", "A.c", false)]
    [TestCase("src/a.c", "", false)]
    [TestCase("a.c", "src/a.c", false)]
    [TestCase(null, "a.c", false)]
    public void A_suffix_is_of_whole_components(string? path, string suffix, bool matches) =>
        Assert.That(PathSuffix.Matches(path, suffix), Is.EqualTo(matches));

    [TestCase("fs/ext4/dir.c", "fs/ext3/../ext4/dir.c", true)]
    [TestCase("fs/ext4/dir.c", "./ext4/./dir.c", true)]
    [TestCase("fs/ext4/dir.c", "fs\\ext3\\..\\ext4\\dir.c", true)]
    [TestCase("fs/ext4/dir.c", "../ext4/dir.c", false)]
    [TestCase("fs/ext4/dir.c", "ext4/../dir.c", true)]
    [TestCase("fs/ext4/dir.c", "ext3/../ext3/dir.c", false)]
    public void A_suffix_is_folded(string path, string suffix, bool matches) =>
        Assert.That(PathSuffix.Matches(path, suffix), Is.EqualTo(matches));

    [Test]
    public void Names_that_begin_alike_are_near()
    {
        string[] names = ["isempty_RL", "isempty_RL_locked", "is_empty", "ismapped", "isempty_with_an_ending_that_goes_on_for_long", "empty"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NearNames.FindFunctions("isempty", names), Is.EqualTo(["is_empty", "empty", "isempty_RL", "isempty_RL_locked"]));
            Assert.That(NearNames.FindFunctions("isempty_RL_unlocked", names), Is.EqualTo(["isempty_RL_locked", "isempty_RL"]));
            Assert.That(NearNames.FindFunctions("is", ["isempty_RL", "ismapped"]), Is.Empty, "two letters are no beginning");
        }
    }

    [Test]
    public void Near_names_are_few_near_and_in_order()
    {
        string[] names = ["parse", "parser", "prase", "pares", "passe", "parsed", "sparse", "xyz", "parse", new('a', 300)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NearNames.Find("parse", names), Is.EqualTo(["parse", "pares", "parsed", "parser", "passe"]));
            Assert.That(NearNames.Find(new string('a', 299), names), Is.Empty);
            Assert.That(NearNames.Distance("abcd", "acbd", 4), Is.EqualTo(1));
            Assert.That(NearNames.Distance("", "abc", 4), Is.EqualTo(3));
            Assert.That(NearNames.Distance("abc", "xyz", 2), Is.EqualTo(3));
        }
    }

    [Test]
    public void Near_names_are_the_same_whatever_the_number_of_threads()
    {
        string[] names = ["größe_lesen", "größe_les", "grösse_lesen", "groesse", "größe_lesen_1_2", "ab", "größe_lesen.constprop.0"];
        var units = Enumerable.Range(0, 30).Select(i => new UnitText($"{i:00}.o") { Source = $"{i % 3}.c" }.Static(names[i % names.Length]).Call("x", $"mentioned{i}").ToUnit()).ToArray();
        var source = new GraphSource(DependencyGraph.Build(units));
        var survey = NameSurvey.Of(source, "größe_lesne", 3, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(survey.Names, Is.EquivalentTo(["größe_lesen", "größe_les", "grösse_lesen"]), "as many characters, not bytes");
            Assert.That(NameSurvey.Of(source, "größe_lesne", 3, 4).Names, Is.EquivalentTo(survey.Names));
            foreach (var query in new[] { "größe_lesne", "mentioned7", "", "a" })
            {
                Assert.That(Message(query, 4), Is.EqualTo(Message(query, 1)));
            }

            Assert.That(Message("größe_lesne", 4), Does.Contain("Did you mean 'größe_lesen', 'größe_les', 'grösse_lesen'?"));
            Assert.That(Message("mentioned7", 4), Does.StartWith("'mentioned7' is called, but"));
        }

        string Message(string name, int threads)
        {
            var diagnostics = new DiagnosticBag();
            new FunctionResolver(DependencyGraph.Build([]), source, threads).Resolve(new FunctionQuery(name), diagnostics);
            return diagnostics.Single().Message;
        }
    }

    private static (SourceFunction[] Functions, DiagnosticBag Diagnostics) Resolve(FunctionQuery query, DependencyGraph? graph = null)
    {
        var diagnostics = new DiagnosticBag();
        var functions = new FunctionResolver(graph ?? s_graph).Resolve(query, diagnostics);
        return ([.. functions.Select(f => (graph ?? s_graph).SourceFunctions[f])], diagnostics);
    }
}
