using System.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;

namespace IpaAnalysis.Tests.Outputs;

internal sealed class ExplanationWriterTests
{
    [Test]
    public void The_tree_and_the_list_let_a_reader_follow_each_chain()
    {
        var text = Explain(
            new UnitText().Inline("f", "mid", times: 3).Inline("mid", "top").Inline("top", "mid").Inline("f", "f").Clone("f", "f.isra.0", "isra").Clone("f", "odd", "")
                .Static("f.isra.0").Global("f", "top", "caller").Call("caller", "f.isra.0").Symbol("alias", isLocal: false, at: "f").ToGraph(),
            "f");
        Assert.That(text, Is.EqualTo("""
            Function: f/0 (unit.c:1:1) [emitted] in unit.o
              inlining to: f/11 (unit.c:1:1) [emitted] [recursion]
              isra: f.isra.0/13 (unit.c:1:1) [emitted]
                called by: caller (unit.c:5:1) [emitted]
              inlining to: mid/1 (unit.c:2:1) [not emitted] [edges: 3]
                inlining to: top/7 (unit.c:3:1) [emitted]
                  inlining to: mid/9 (unit.c:2:1) [not emitted] [recursion]
              unknown: odd/15 (unit.c:1:1) [not emitted]
              same code as: alias (unit.c:1:1) [emitted]
                same code as: f/0 (unit.c:1:1) [emitted] [recursion]

            Function: alias (unit.c:1:1) [emitted] in unit.o [see above]

              Affected functions: 5
                caller (unit.c:5:1) [emitted]: callsClone (isra) from f.isra.0
                f.isra.0/13 (unit.c:1:1) [emitted]: cloned (isra) from f
                mid/1 (unit.c:2:1) [not emitted]: inlined (inline) from f, inlined (inline) from top
                odd/15 (unit.c:1:1) [not emitted]: cloned (unknown) from f
                top/7 (unit.c:3:1) [emitted]: inlined (inline) from mid

            Functions to patch: 4
              alias in unit.o
              caller in unit.o
              f in unit.o
              top in unit.o

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void What_was_drawn_is_not_drawn_again()
    {
        var text = Explain(new UnitText().Inline("f", "a").Inline("f", "b").Inline("a", "c").Inline("b", "c").Inline("c", "d").Inline("b", "d").ToGraph(), "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("    inlining to: c/5 (unit.c:4:1) [emitted] [see above]\n").Or.Contain("c/7 (unit.c:4:1) [not emitted] [see above]\n"));
            Assert.That(text, Does.Not.Contain("d/11 (unit.c:5:1) [not emitted] [see above]"), "nothing is below d");
            Assert.That(text.Split("Function: "), Has.Length.EqualTo(2));
        }
    }

    [Test]
    public void Objects_come_one_after_the_other_and_nothing_is_said_of_those_without_the_function()
    {
        var graph = DependencyGraph.Build(Enumerable.Range(0, 3).Select(i => new UnitText($"{i}.o") { Source = "h.h" }.Inline("f", $"g{i}").Global($"g{i}").ToUnit())
            .Append(new UnitText("x.o") { Source = "x.c" }.Inline("k", "l").ToUnit()));
        var text = Explain(graph, "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Split("Function: f").Skip(1).Select(t => t.Split('\n')[0]), Is.EqualTo(Enumerable.Range(0, 3).Select(i => $"/0 (h.h:1:1) [not emitted] in {i}.o")));
            Assert.That(text, Does.Contain("Functions to patch: 3\n  g0 in 0.o\n  g1 in 1.o\n  g2 in 2.o\n").And.Not.Contains("x.o"));
        }
    }

    [Test]
    public void Names_can_forge_no_line_and_drive_no_terminal()
    {
        var graph = new UnitText("a\n.o") { Source = "s\u001b[31m.c", HasCallGraph = false }.Inline("f", "g\u0007\r").Clone("f", "h", "odd\u001b").ToGraph();
        var text = Explain(graph, "f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Where(char.IsControl).Distinct(), Is.EqualTo("\n"));
            Assert.That(text, Does.Contain("a\\n.o").And.Contains("g\\x07\\r/1 (s\\x1b[31m.c:2:1)").And.Contains("odd\\x1b: h"));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_chain_as_long_as_can_be_neither_overflows_nor_takes_quadratic_time(bool isCycle)
    {
        const int Length = 100_000;
        var unit = new UnitText { HasCallGraph = false, HasSymbolTable = false };
        for (var i = 0; i < Length; i++)
        {
            unit.Inline($"f{i}", isCycle && i == Length - 1 ? "f0" : $"f{i + 1}");
        }

        var graph = unit.ToGraph();
        var watch = Stopwatch.StartNew();
        var text = Explain(graph, "f0");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain($"Affected functions: {(isCycle ? Length - 1 : Length)}\n").And.Contains("[deeper levels are not drawn]"));
            Assert.That(text, Does.Contain($"\n    f{Length - 1}/"));
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        }
    }

    [Test]
    public void A_header_function_in_thousands_of_objects_takes_no_quadratic_time()
    {
        var unit = new UnitText { Source = "h.h" }.Inline("f", "g").Inline("f", "k").Read();
        var graph = DependencyGraph.Build(Enumerable.Range(0, 20_000).Select(i => new GraphUnit($"{i}.o", unit, static p => p)));
        var watch = Stopwatch.StartNew();
        var text = Explain(graph, "f");
        Assert.That(text, Does.Contain("in 19999.o\n"));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    private static string Explain(DependencyGraph graph, string name) => ExplanationWriter.Write(graph, Answer.Impact(graph, name));
}
