using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Tests;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>What later targets learn of each function.</summary>
internal sealed class AffectedItemTests
{
    private const string Source = """
        int external(int);
        static inline __attribute__((always_inline)) int small(int v) { return external(v) + 1; }
        static inline __attribute__((always_inline)) int other(int v) { return external(v) + 2; }
        int use_small(int v) { return small(v); }
        int use_both(int v) { return small(v) + other(v); }
        int use_other(int v) { return other(v); }
        int relying(int v) { return external(v) + 3; }

        """;

    [Test]
    public void A_fact_is_a_reason_and_one_who_confirms_is_enough()
    {
        var rows = Rows(["small", "other"], (graph, function, name) => name == "small"
            ? new ExactImpact
            {
                Function = function,
                InexactBecause = [],
                Facts = [new(Vertex(graph, "relying"), [new(new Dependency(DependencyKind.Fact, "ipa-ra"), Vertex(graph, "small"))], "")],
                Decisions = [new(Vertex(graph, "use_other"), [new(new Dependency(DependencyKind.Decision, "inline"), Vertex(graph, "small"))], "")],
                Confirmed = Confirmed(graph, ("use_small", false), ("use_both", false)),
            }
            : new ExactImpact { Function = function, InexactBecause = [], Confirmed = Confirmed(graph, ("use_both", true)) });
        Assert.That(rows, Is.EqualTo(
        [
            "other patched true False False", "relying fact true True True", "small patched true False False", "use_both inlined true True True",
            "use_other inlined unknown True True", "use_small inlined false True True",
        ]));
    }

    [Test]
    public void One_who_was_not_asked_leaves_open_what_another_does_not_confirm()
    {
        var rows = Rows(["small", "other"], (graph, function, name) => name == "small"
            ? new ExactImpact { Function = function, InexactBecause = [], Confirmed = Confirmed(graph, ("use_small", false), ("use_both", false)) }
            : ExactImpact.Unknown(function, InexactCause.NotAsked));
        Assert.That(rows.Where(r => r.StartsWith("use_", StringComparison.Ordinal)).Select(r => r.Split(' ')[2]), Is.EqualTo(["unknown", "unknown", "false"]));
    }

    private static ImmutableDictionary<int, bool> Confirmed(DependencyGraph graph, params (string Symbol, bool Value)[] rows) =>
        rows.ToImmutableDictionary(r => Vertex(graph, r.Symbol), r => r.Value);

    private static int Vertex(DependencyGraph graph, string symbol) => graph.FindVertex(0, System.Text.Encoding.UTF8.GetBytes(symbol));

    private static string[] Rows(string[] patched, Func<DependencyGraph, int, string, ExactImpact> answer)
    {
        using var directory = new TaskDirectory();
        directory.Write("src/a.c", Source);
        directory.Gcc("src/a.c", "a.o");
        var unit = new Unit
        {
            Object = "a.o",
            DumpPath = Directory.GetFiles(directory.Root, "*.ipa-clones").Single(),
            CallGraphPath = directory.At("a.ci"),
            ObjectPath = directory.At("a.o"),
            Paths = new SourcePathMap([]),
        };
        var result = Analysis.Run(
            DependencyGraph.Build([new GraphUnit("a.o", SummaryReader.Read(unit), p => p)]),
            new AnalysisOptions
            {
                PatchedFunctions = [.. patched.Select(p => new FunctionQuery(p))],
                Exact = new StatedImpact((graph, i) => answer(graph, i.Function, graph.SourceFunctions[i.Function].Name)),
                NormalizePath = p => p,
            },
            [],
            CancellationToken.None);
        return [.. AffectedRow.From(result).Select(r => $"{r.Symbol} {r.Reason} {r.Confirmed} {r.IsAffected} {r.MustBePatched}").Order(StringComparer.Ordinal)];
    }
}
