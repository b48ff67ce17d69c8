using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Gating;

/// <summary>Policy listed: what is listed exactly for the patched functions is accepted.</summary>
internal sealed class ListedPolicyTests
{
    private const string Source = """
        int external(int);
        static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
        int use_scaled(int v) { return scaled(v, 12) + scaled(v + 1, 12); }
        """;

    private static readonly GatePolicy s_policy = GateBench.Policy("listed") with { Severity = DiagnosticSeverity.Error };

    [Test]
    public void Without_a_patched_function_everything_is_judged_as_by_inline_clone_and_that_is_told()
    {
        using var units = Compile();
        var result = units.Judge(s_policy, null);
        var strict = units.Judge(s_policy with { Name = "inline-clone" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rows(), Is.EqualTo(strict.Rows()).And.Not.Empty);
            Assert.That((result.Policy, result.Verdict, result.RecommendedFlags), Is.EqualTo(("listed", GateVerdict.Failed, "-flive-patching=inline-clone")));
            Assert.That(result.Notices.Select(n => (n.Code, n.Severity)), Is.EqualTo([("IPA5008", DiagnosticSeverity.Info)]));
            Assert.That(strict.Notices, Is.Empty);
        }
    }

    [Test]
    public void Where_everything_is_listed_no_pass_is_a_violation()
    {
        using var units = Compile();
        var result = units.Judge(s_policy, new HashSet<string>());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rows(), Is.Empty);
            Assert.That((result.Policy, result.Verdict, result.RecommendedFlags), Is.EqualTo(("listed", GateVerdict.Passed, "")));
            Assert.That(result.Notices, Is.Empty);
        }
    }

    [Test]
    public void Objects_that_are_not_exact_are_judged_as_by_inline_clone_and_no_others()
    {
        using var units = Compile();
        var all = units.Judge(GateBench.Policy("inline-clone")).Violations;
        var result = units.Judge(s_policy, Set("b.o"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Violations.Select(v => v.Pass), Is.EqualTo(all.Where(v => v.Objects.Contains("b.o")).Select(v => v.Pass)).And.Not.Empty);
            Assert.That(result.Violations.Select(v => v.Objects), Is.All.EqualTo(new[] { "b.o" }));
            Assert.That((result.Verdict, result.RecommendedFlags), Is.EqualTo((GateVerdict.Failed, "-flive-patching=inline-clone")));
            Assert.That(result.Notices, Is.Empty);
        }
    }

    [Test]
    public void Options_that_are_unknown_are_a_violation_only_where_they_decide()
    {
        using var units = new CompiledUnits("gcc").Add("a", Source).Add("b", Source);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Judge(s_policy, Set()).Rows(), Is.Empty);
            Assert.That(units.Judge(s_policy, Set("a.o")).Rows(), Is.EqualTo(["IPA5005  a.o"]));
            Assert.That(units.Judge(s_policy with { Forbidden = GateBench.Policy("none", "ipa-ra").Forbidden }, Set("a.o")).Rows(), Is.EqualTo(["IPA5005  a.o,b.o"]));
        }
    }

    [Test]
    public void The_projects_own_items_count_everywhere()
    {
        using var units = Compile();
        var items = GateBench.Policy("listed", "constprop", "ipa-ra=Warning") with { Severity = DiagnosticSeverity.Error };
        var listed = units.Judge(items, Set());
        var mixed = units.Judge(items, Set("b.o"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Rows(), Is.EqualTo(["IPA5001 constprop a.o scaled", "IPA5001 constprop b.o scaled", "IPA5002 ipa-ra a.o,b.o"]));
            Assert.That((listed.Verdict, listed.RecommendedFlags), Is.EqualTo((GateVerdict.Failed, "-fno-ipa-cp -fno-ipa-ra")), "no more than the items ask for");
            Assert.That(mixed.Rows(), Is.SupersetOf(listed.Rows()));
            Assert.That(mixed.Violations.Where(v => v.Pass is not ("constprop" or "ipa-ra")).Select(v => v.Objects), Is.All.EqualTo(new[] { "b.o" }).And.Not.Empty);
            Assert.That(mixed.Violations.Single(v => v.Pass == "ipa-ra").Severity, Is.EqualTo(DiagnosticSeverity.Warning), "an item comes before the policy");
            Assert.That(units.With(u => u).Judge(items with { Forbidden = [] }, Set()).Rows(), Is.Empty);
        }
    }

    [Test]
    public void Exceptions_and_baseline_accept_as_before_and_are_not_called_useless_for_what_was_not_judged()
    {
        using var units = Compile();
        var baseline = GateBaseline.Of(units.Judge(GateBench.Policy("inline-clone")).Violations);
        var policy = s_policy.Except("ipa-ra") with { Baseline = baseline };
        var (listed, mixed) = (units.Judge(policy, Set()), units.Judge(policy, Set("b.o")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed.Notices, Is.Empty, "what was not looked at is not gone");
            Assert.That(mixed.Notices, Is.Empty);
            Assert.That(mixed.Violations.Select(v => v.Status).Distinct(), Is.EquivalentTo([ViolationStatus.Excepted, ViolationStatus.Known]));
            Assert.That(mixed.Verdict, Is.EqualTo(GateVerdict.Passed));
        }
    }

    [Test]
    public void Exceptions_and_entries_that_could_have_matched_are_still_called_useless()
    {
        using var units = Compile();
        BaselineEntry Entry(string pass, string name) => new("IPA5002", pass, name, null, null);
        var policy = GateBench.Policy("listed", "ipa-pta").Except("ipa-pta").Except("ipa-icf-functions", "b.o")
            with { Baseline = new GateBaseline([Entry("ipa-pta", "a.o"), Entry("whole-program", "b.o"), Entry("whole-program", "a.o")]) };
        var notices = units.Judge(policy, Set("b.o")).Notices;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(notices.Select(n => n.Code), Is.EqualTo(["IPA5006", "IPA5006", "IPA5007"]));
            Assert.That(notices[^1].Message, Does.StartWith("2 of the 3 entries").And.Contains("ipa-pta in a.o, whole-program in b.o"));
        }
    }

    [Test]
    public void The_set_means_nothing_to_other_policies()
    {
        using var units = Compile();
        foreach (var name in GatePolicy.Names.Except(["listed"]))
        {
            Assert.That(units.Judge(GateBench.Policy(name), Set("b.o")).Rows(), Is.EqualTo(units.Judge(GateBench.Policy(name)).Rows()), name);
        }
    }

    [Test]
    public void The_analysis_asks_about_the_objects_of_patched_functions_that_are_not_exact()
    {
        var graph = DependencyGraph.Build(Enumerable.Range(0, 3).Select(i => new UnitText($"{i}.o") { Source = "h.h" }.Inline("f", $"g{i}").ToUnit())
            .Append(new UnitText("x.o") { Source = "x.c" }.Inline("k", "l").ToUnit()));
        string[]? Ask(string[] patched, params InexactCause[] causes)
        {
            var gate = new NotingGate();
            Analysis.Run(
                graph,
                new AnalysisOptions
                {
                    PatchedFunctions = [.. patched.Select(p => new FunctionQuery(p))],
                    Exact = new StatedImpact((_, i) => new ExactImpact { Function = i.Function, InexactBecause = [.. causes] }),
                    Gate = gate,
                    NormalizePath = p => p,
                },
                [],
                CancellationToken.None);
            return gate.Inexact is null ? null : [.. gate.Inexact.Order(StringComparer.Ordinal)];
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ask([]), Is.Null);
            Assert.That(Ask(["f"]), Is.Empty);
            Assert.That(Ask(["f"], new InexactCause("1.o", "gone")), Is.EqualTo(["1.o"]));
            Assert.That(Ask(["f"], new InexactCause(null, "not asked")), Is.EqualTo(["0.o", "1.o", "2.o"]), "not the objects without it");
        }
    }

    private static HashSet<string> Set(params string[] names) => [.. names];

    private static CompiledUnits Compile() =>
        new CompiledUnits("gcc").Add("a", Source).Recorded("gcc", "-O2").Add("b", Source).Recorded("gcc", "-O2");

    /// <summary>Keeps what it is asked.</summary>
    private sealed class NotingGate : IGate
    {
        public IReadOnlySet<string>? Inexact { get; private set; }

        public GateResult Judge(IReadOnlySet<string>? inexact, CancellationToken cancellation)
        {
            Inexact = inexact;
            return GateResult.NotEvaluated("listed");
        }
    }
}
