using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;
using IpaAnalysis.Recompile;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Outputs;

/// <summary>What compiling again tells, in the explanation.</summary>
internal sealed class ExactExplanationTests
{
    [Test]
    public void Below_the_tree_and_the_list_stands_what_the_compiler_says()
    {
        Assert.That(Explain(ExactCases.Run(ExactCases.Graph(), "f", ExactCases.Answer)), Is.EqualTo("""
            Function: f/0 (a.c:1:1) [emitted] in a.o
              isra: f.isra.0/3 (a.c:1:1) [emitted]
                called by: g/1 (a.c:2:1) [emitted]
              inlining to: g/1 (a.c:2:1) [emitted]

              Affected functions: 3
                f.isra.0/3 (a.c:1:1) [emitted]: cloned (isra) from f
                g/1 (a.c:2:1) [emitted]: callsClone (isra) from f.isra.0, inlined (inline) from f [not confirmed]
                user (a.c:3:1) [emitted]: fact (combination) from f, fact (ipa-ra) from f

              Exact: no
                No command.
              Relies on facts about the body: 1
                user (a.c:3:1) [emitted]: combination, ipa-ra
                    - movl %eax, %edi
                    + movl %ebx, %edi
              Only inlined otherwise, relies on nothing: 1
                other (a.c:4:1) [emitted]: inline
                    - movl %eax, %edi
                    + movl %ebx, %edi
              Not confirmed by the compiler: 1
                g/1 (a.c:2:1) [emitted]
              Callees that a patch must carry as its own copies: 1
                low.isra.0 (low): its argument is always 3 (ipa-vrp)
              Variables folded: 2
                limit; reads replaced in g, user
                state; writes dropped in other

            Functions to patch: 3
              f in a.o
              g in a.o
              user in a.o
            Exact: no
              Said of all.

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Each_object_tells_only_of_itself()
    {
        var graph = DependencyGraph.Build(Enumerable.Range(0, 3).Select(i => new UnitText($"{i}.o") { Source = "h.h" }.Inline("f", $"g{i}").Global($"g{i}", $"user{i}").ToUnit()));
        var text = Explain(ExactCases.Run(graph, "f", (g, i) => new ExactImpact
        {
            Function = i.Function,
            InexactBecause = [new("1.o", "Its compiler is gone.")],
            Facts = [new(ExactCases.Vertex(g, "user2", 2), [new(new(DependencyKind.Fact, "ipa-modref"), ExactCases.Vertex(g, "f", 2))], "")],
        }));
        var objects = text.Split("Function: ")[1..];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(objects.Select(o => o.Contains("  Exact: yes\n", StringComparison.Ordinal)), Is.EqualTo([true, false, true]));
            Assert.That(objects.Select(o => o.Contains("Its compiler is gone.", StringComparison.Ordinal)), Is.EqualTo([false, true, false]));
            Assert.That(objects.Select(o => o.Contains("Relies on facts", StringComparison.Ordinal)), Is.EqualTo([false, false, true]));
            Assert.That(text, Does.EndWith("\nExact: no\n").And.Contains("user2 (h.h:3:1) [emitted]: ipa-modref\n\n"));
        }
    }

    [Test]
    public void Without_an_answer_nothing_is_said_of_it()
    {
        var graph = ExactCases.Graph();
        var impact = Answer.Impact(graph, "f");
        Assert.That(ExplanationWriter.Write(graph, impact), Does.Not.Contain("Exact").And.Not.Contain("confirmed"));
        Assert.That(
            ExplanationWriter.Write(graph, impact, new ExactImpact { Function = impact.Function, InexactBecause = [] }),
            Does.Contain("  Exact: yes\n").And.EndsWith("\nExact: yes\n").And.Not.Contain("confirmed"));
    }

    [Test]
    public void Long_differences_are_cut_and_hostile_text_forges_no_line()
    {
        const string Hostile = "x\n  Exact: yes\u001b[31m\r";
        var difference = string.Concat(Enumerable.Range(0, 50).Select(i => $" line {i}\u0007\r\n")) + new string('y', 1000);
        var text = Explain(ExactCases.Run(ExactCases.Graph(), "f", (g, i) => ExactCases.Answer(g, i) with
        {
            InexactBecause = [new(null, Hostile), new("a.o", Hostile)],
            Facts = [ExactCases.Dependant(g, "user", DependencyKind.Fact, Hostile) with { Difference = difference }],
            Decisions = [ExactCases.Dependant(g, "other", DependencyKind.Decision, "inline") with { Difference = new string('y', 1000) }],
            UnsafeCallees = [new("a.o", Hostile, Hostile, Hostile, Hostile)],
            FoldedVariables = [new("a.o", Hostile, [Hostile], [Hostile])],
        }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Where(char.IsControl).Distinct(), Is.EqualTo("\n"));
            Assert.That(text.Split('\n').Count(l => l.Trim() == "Exact: yes"), Is.Zero);
            Assert.That(text, Does.Contain("line 19\\x07\n        [31 more lines are not shown]\n").And.Not.Contains("line 20"));
            Assert.That(text, Does.Contain($"        {new string('y', 160)}…\n"));
        }
    }

    private static string Explain(AnalysisResult result) => ExplanationWriter.Write(result.Graph, result.PatchedFunctions.Single(), result.Exact.Single());
}
