using IpaAnalysis.Graph;

namespace IpaAnalysis.Tests.Impact;

/// <summary>Contract section 5, a rule at a time.</summary>
internal sealed class ImpactRuleTests
{
    [Test]
    public void Copies_are_followed_transitively_with_every_direct_reason()
    {
        var answer = Answer.Of(
            new UnitText().Inline("f", "mid", times: 2).Inline("mid", "top").Inline("f", "top").Inline("other", "top").Global("mid", "other", "top").ToGraph(), "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Affected.Keys, Is.EqualTo(["mid", "top"]));
            Assert.That(answer.Affected["mid"], Is.EqualTo(["inlined inline f"]));
            Assert.That(answer.Affected["top"], Is.EqualTo(["inlined inline f", "inlined inline mid"]), "other is not affected, so no reason");
            Assert.That(answer.FunctionsToPatch, Is.EqualTo(["mid", "top"]), "f has no code of its own");
        }
    }

    [Test]
    public void Reasons_are_sorted_by_the_bytes_of_their_words()
    {
        var answer = Answer.Of(
            new UnitText().Clone("f", "f.isra.0", "isra").Clone("f", "f.constprop.1", "constprop").Inline("f", "g").Clone("f.isra.0", "g.part.0", "part")
                .Static("f.isra.0", "f.constprop.1", "g.part.0").Global("g").Call("g", "f.isra.0").Call("g", "f.constprop.1")
                .Inline("f.isra.0", "g").Symbol("h", isLocal: true, at: "g").ToGraph(),
            "f");
        Assert.That(answer.Affected["g"], Is.EqualTo([
            "callsClone constprop f.constprop.1", "callsClone isra f.isra.0", "inlined inline f", "inlined inline f.isra.0", "sharedBody unknown h",
        ]));
        foreach (var reasons in answer.Affected.Values)
        {
            Assert.That(reasons, Is.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal));
        }
    }

    [TestCase("(null)")]
    [TestCase("")]
    [TestCase("array_dse")]
    [TestCase("avx2")]
    public void A_reason_that_is_in_no_list_is_a_clone(string reason)
    {
        var answer = Answer.Of(new UnitText().Clone("f", "copy", reason).Static("copy").Global("f", "g").Call("g", "copy").ToGraph(), "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Affected["copy"], Is.EqualTo(["cloned unknown f"]));
            Assert.That(answer.Affected["g"], Is.EqualTo(["callsClone unknown copy"]));
            Assert.That(answer.FunctionsToPatch, Is.EqualTo(["f", "g"]));
        }
    }

    [Test]
    public void Callers_that_are_clones_pass_it_on_and_plain_callers_do_not()
    {
        var answer = Answer.Of(
            new UnitText().Clone("f", "f.isra.0", "isra").Clone("g", "g.constprop.0", "constprop").Static("f.isra.0", "g.constprop.0").Global("g", "caller", "above", "far")
                .Call("g.constprop.0", "f.isra.0").Call("caller", "g.constprop.0").Call("far", "caller").Call("above", "f.isra.0").Call("far", "above").ToGraph(),
            "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Affected.Keys, Is.EquivalentTo(["f.isra.0", "g.constprop.0", "caller", "above"]));
            Assert.That(answer.Affected["g.constprop.0"], Is.EqualTo(["callsClone isra f.isra.0"]));
            Assert.That(answer.Affected["caller"], Is.EqualTo(["callsClone constprop g.constprop.0"]));
            Assert.That(answer.FunctionsToPatch, Is.EqualTo(["above", "caller"]));
        }
    }

    [Test]
    public void A_clone_of_another_function_that_holds_f_has_its_callers_affected()
    {
        var answer = Answer.Of(
            new UnitText().Inline("f", "g").Clone("g", "g.isra.0", "isra").Static("g.isra.0").Global("caller").Call("caller", "g.isra.0").ToGraph(), "f");
        Assert.That(answer.Affected["caller"], Is.EqualTo(["callsClone isra g.isra.0"]));
    }

    [Test]
    public void A_plain_call_affects_nobody()
    {
        var answer = Answer.Of(new UnitText().Global("f", "caller", "held").Inline("f", "held").Call("caller", "f").Call("caller", "held").ToGraph(), "f");
        Assert.That(answer.Affected.Keys, Is.EqualTo(["held"]));
    }

    [Test]
    public void What_was_copied_from_a_caller_is_not_stale_by_that()
    {
        // The copy's own calls are in the call graph; "into" lost the call.
        var graph = new UnitText().Clone("f", "f.isra.0", "isra").Static("f.isra.0").Global("caller", "into", "calling").Inline("caller", "into").Inline("caller", "calling")
            .Call("caller", "f.isra.0").Call("calling", "f.isra.0").ToGraph();
        Assert.That(Answer.Of(graph, "f").Affected.Keys, Is.EquivalentTo(["f.isra.0", "caller", "calling"]));
    }

    [Test]
    public void One_that_calls_a_clone_first_and_is_a_copy_by_another_way_is_stale_all_the_same()
    {
        // far is reached through mid's staleness, which is found after mid as a caller.
        var graph = new UnitText().Clone("f", "f.isra.0", "isra").Static("f.isra.0").Global("mid", "far").Call("mid", "f.isra.0")
            .Inline("f.isra.0", "mid").Inline("mid", "far").ToGraph();
        Assert.That(Answer.Of(graph, "f").Affected.Keys, Is.EquivalentTo(["f.isra.0", "mid", "far"]));
    }

    [Test]
    public void Cycles_self_edges_and_recursion_end()
    {
        var graph = new UnitText().Clone("f", "f", "(null)").Inline("f", "f", times: 3).Inline("f", "g").Inline("g", "h").Inline("h", "g").Inline("h", "f")
            .Global("f", "g", "h").Call("f", "f").ToGraph();
        var answer = Answer.Of(graph, "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Affected.Keys, Is.EqualTo(["g", "h"]), "f is never affected by itself");
            Assert.That(answer.Affected["g"], Is.EqualTo(["inlined inline f", "inlined inline h"]));
            Assert.That(graph.Edges.Edges.Where(e => e.Source == e.Target), Is.Empty);
        }
    }

    [Test]
    public void A_recursive_clone_is_not_affected_by_calling_itself()
    {
        var graph = new UnitText().Clone("f", "f.isra.0", "isra").Static("f.isra.0").Call("f.isra.0", "f.isra.0").ToGraph();
        Assert.That(Answer.Of(graph, "f").Affected["f.isra.0"], Is.EqualTo(["cloned isra f"]));
    }

    [Test]
    public void A_function_can_be_patched_itself_and_affected_by_another()
    {
        var graph = new UnitText().Inline("f", "g").Global("f", "g").ToGraph();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(graph, "f").Affected.Keys, Is.EqualTo(["g"]));
            Assert.That(Answer.Of(graph, "g").Instances, Is.EqualTo(["g"]));
            Assert.That(Answer.Of(graph, "g").Affected, Is.Empty);
        }
    }

    [Test]
    public void What_must_be_patched_has_code_and_is_no_clone()
    {
        UnitText Text(bool hasSymbols) => new UnitText { HasSymbolTable = hasSymbols }
            .Inline("f", "gone").Inline("gone", "held").Clone("f", "f.part.0", "part").Static("f.part.0").Global("f", "held");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(Text(true).ToGraph(), "f").FunctionsToPatch, Is.EqualTo(["f", "held"]));
            Assert.That(Answer.Of(Text(false).ToGraph(), "f").FunctionsToPatch, Is.EqualTo(["f", "gone", "held"]), "unknown counts");
        }
    }

    [Test]
    public void A_shared_body_passes_both_ways_of_being_affected_on()
    {
        var graph = new UnitText().Clone("f", "f.isra.0", "isra").Static("f.isra.0").Global("caller").Symbol("twin", isLocal: true, at: "caller").Call("caller", "f.isra.0").ToGraph();
        Assert.That(Answer.Of(graph, "f").Affected["twin"], Is.EqualTo(["sharedBody unknown caller"]));
    }

    [Test]
    public void Nothing_crosses_objects_and_one_question_leaves_nothing_for_the_next()
    {
        var graph = DependencyGraph.Build([
            new UnitText("a.o") { Source = "a.c" }.Inline("f", "g").Global("f", "g").ToUnit(),
            new UnitText("b.o") { Source = "b.c" }.Inline("g", "k").Inline("h", "k").Static("g").Global("h", "k").ToUnit(),
        ]);
        var analyzer = new IpaAnalysis.Impact.ImpactAnalyzer(graph);
        var first = Enumerable.Range(0, graph.SourceFunctions.Length).Select(analyzer.Analyze).ToArray();
        var again = Enumerable.Range(0, graph.SourceFunctions.Length).Reverse().Select(f => new IpaAnalysis.Impact.ImpactAnalyzer(graph).Analyze(f)).Reverse();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(graph, "f").Affected.Keys, Is.EqualTo(["a.o!g"]));
            Assert.That(first.Select(i => string.Join(' ', i.Affected.Select(a => a.Vertex))), Is.EqualTo(again.Select(i => string.Join(' ', i.Affected.Select(a => a.Vertex)))));
        }
    }
}
