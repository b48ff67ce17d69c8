using System.Diagnostics;
using IpaAnalysis.Graph;

namespace IpaAnalysis.Tests.Graph;

/// <summary>Which functions of the objects are one function of the source.</summary>
internal sealed class SourceFunctionTests
{
    [TestCase("gcc")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void A_header_function_is_one_and_statics_of_one_name_are_two(string compiler)
    {
        using var units = new CompiledUnits(compiler)
            .Write("include/step.h", "int external(int);\nstatic inline int step(int v) { return external(v) + 1; }\n")
            .Add("a", "#include \"include/step.h\"\nstatic __attribute__((noinline)) int own(int v) { return external(v) * 3; }\nint a(int v) { return step(v) + own(v); }\n")
            .Add("b", "#include \"include/step.h\"\n\nstatic __attribute__((noinline)) int own(int v) { return external(v) * 5; }\nint b(int v) { return step(v) - own(v); }\n");
        var graph = units.Graph;
        var step = Answer.Of(graph, "step");
        var own = graph.SourceFunctions.Where(f => f.Name == "own").ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.SourceFunctions.Where(f => f.Name == "step"), Is.EqualTo([new SourceFunction("step", "include/step.h", 2, 19, null)]));
            Assert.That(step.Instances, Is.EqualTo(["a.o!step", "b.o!step"]));
            Assert.That(step.Affected.Keys, Is.EquivalentTo(["a.o!a", "b.o!b"]));
            Assert.That(own.Select(f => f.File), Is.EqualTo(["a.c", "b.c"]));
        }
    }

    [Test]
    public void Statics_without_a_place_are_told_apart_by_their_objects()
    {
        var graph = DependencyGraph.Build([
            new UnitText("b.o").Symbol("f", isLocal: true).Symbol("g", isLocal: false).ToUnit(),
            new UnitText("a.o").Symbol("f", isLocal: true).ToUnit(),
        ]);
        Assert.That(graph.SourceFunctions, Is.EqualTo([
            new SourceFunction("f", null, 0, 0, "a.o"), new SourceFunction("f", null, 0, 0, "b.o"), new SourceFunction("g", null, 0, 0, null),
        ]));
    }

    [Test]
    public void Vertices_are_numbered_by_object_and_symbol_whatever_the_order_of_units()
    {
        // U+FFFD comes before U+1F600 in UTF-8, and after its surrogates in UTF-16.
        UnitText[] texts = [new UnitText("\uFFFD.o").Global("z", "a"), new UnitText("😀.o").Global("m"), new UnitText("b/empty.o"), new UnitText("b.o").Global("k")];
        foreach (var order in new[] { texts, [.. texts.Reverse()] })
        {
            var graph = DependencyGraph.Build(order.Select(t => t.ToUnit()));
            var vertices = Enumerable.Range(0, graph.VertexCount).Select(v => $"{graph.Units[graph.UnitOf(v)].Object}!{graph.SymbolOf(v)}");
            Assert.That(vertices, Is.EqualTo(["b.o!k", "\uFFFD.o!a", "\uFFFD.o!z", "😀.o!m"]));
            Assert.That(graph.Units.Select(u => u.Object), Is.EqualTo(["b.o", "b/empty.o", "\uFFFD.o", "😀.o"]));
            Assert.That(graph.FindVertex(2, "z"u8), Is.EqualTo(2));
            Assert.That(graph.FindVertex(2, "k"u8), Is.EqualTo(-1));
        }
    }

    [Test]
    public void Functions_that_claim_to_be_clones_of_each_other_are_functions_all_the_same()
    {
        var graph = new UnitText().Clone("a", "b", "isra").Clone("b", "c", "isra").Clone("c", "a", "isra")
            .Clone("c", "c.part.0", "part").Global("a", "b", "c").Static("c.part.0").ToGraph();
        var answer = Answer.Of(graph, "a");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Instances, Is.EqualTo(["a"]));
            Assert.That(answer.Affected.Keys, Is.EquivalentTo(["b", "c", "c.part.0"]));
            Assert.That(answer.FunctionsToPatch, Is.EqualTo(["a", "b", "c"]));
            Assert.That(Answer.Of(graph, "c.part.0").Instances, Is.EqualTo(["c"]));
        }
    }

    [Test]
    public void A_long_chain_of_clones_is_followed_once()
    {
        const int Length = 100_000;
        var text = new UnitText { HasCallGraph = false, HasSymbolTable = false };
        for (var i = 0; i < Length; i++)
        {
            text.Clone($"f{i}", $"f{i + 1}", "isra");
        }

        var summary = text.ToUnit();
        var watch = Stopwatch.StartNew();
        var graph = DependencyGraph.Build([summary]);
        var answer = Answer.Of(graph, "f0");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.SourceFunctions, Has.Length.EqualTo(1));
            Assert.That(answer.Affected, Has.Count.EqualTo(Length));
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)), "quadratic, it takes minutes");
        }
    }
}
