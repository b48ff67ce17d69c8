using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Tests.Gating;

/// <summary>What exceptions and a baseline accept, and what of them is of no use.</summary>
internal sealed class AcceptanceTests
{
    private const string Source = """
        #include "inc/pair.h"
        int external(int);
        static __attribute__((noinline)) int first_of(struct pair *p) { return external(p->first); }
        int use_first_of(struct pair *p) { return first_of(p) + first_of(p + 1) + second_of(p) + second_of(p + 1); }
        """;

    private const string Header = """
        struct pair { int first, second, unused[6]; };
        int external(int);
        static inline __attribute__((noinline)) int second_of(struct pair *p) { return external(p->second); }
        """;

    private static readonly string[] s_all =
    [
        "IPA5001 isra net/a.o first_of", "IPA5001 isra net/a.o second_of", "IPA5001 isra net/b.o first_of", "IPA5001 isra net/b.o second_of",
    ];

    [TestCase("isra", null, null, null, "0123")]
    [TestCase("ipa-sra", null, null, null, "0123")]
    [TestCase("-fipa-sra", null, null, null, "0123")]
    [TestCase("constprop", null, null, null, "")]
    [TestCase("isra", "a.o", null, null, "01")]
    [TestCase("isra", "net/a.o", null, null, "01")]
    [TestCase("isra", "./net/a.o", null, null, "01")]
    [TestCase("isra", "et/a.o", null, null, "")]
    [TestCase("isra", "net/a.c", null, null, "")]
    [TestCase("isra", null, "first_of", null, "02")]
    [TestCase("isra", null, "second_of", null, "13")]
    [TestCase("isra", null, "first", null, "")]
    [TestCase("isra", null, null, "pair.h", "13")]
    [TestCase("isra", null, null, "inc/pair.h", "13")]
    [TestCase("isra", null, null, "nc/pair.h", "")]
    [TestCase("isra", null, null, "b.c", "2")]
    [TestCase("isra", "b.o", "second_of", "pair.h", "3")]
    [TestCase("isra", "b.o", "second_of", "b.c", "")]
    public void An_exception_accepts_what_all_its_selectors_match(string pass, string? @object, string? function, string? sourceFile, string accepted)
    {
        using var units = Compile();
        var result = units.Judge(GateBench.Policy("none", "isra").Except(pass, @object, function, sourceFile));
        var expected = accepted.Select(c => s_all[c - '0']).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rows(), Is.EqualTo(s_all), "accepted ones stay in the manifest");
            Assert.That(Rows(result, ViolationStatus.Excepted), Is.EqualTo(expected));
            Assert.That(result.Violations.Where(v => v.Status == ViolationStatus.Excepted).Select(v => v.Justification), Is.All.EqualTo("known"));
            Assert.That(result.Violations.Where(v => v.Status == ViolationStatus.Counts).Select(v => v.Justification), Is.All.Null);
            Assert.That(result.Verdict, Is.EqualTo(expected.Length == 4 ? GateVerdict.Passed : GateVerdict.Failed));
            Assert.That(result.Diagnostics, Has.Length.EqualTo(4 - expected.Length));
            Assert.That(result.Notices.Select(d => d.Code), Is.EqualTo(expected.Length == 0 ? ["IPA5006"] : Array.Empty<string>()));
        }
    }

    [Test]
    public void An_unused_exception_is_named_with_its_selectors_and_an_overlapped_one_is_used()
    {
        using var units = Compile();
        var result = units.Judge(GateBench.Policy("none", "isra")
            .Except("isra").Except("ipa-sra", "a.o").Except("constprop").Except("isra", "c.o", "first_of", "c.c"));
        Assert.That(result.Notices.Select(d => (d.Code, d.Severity, d.Message)), Is.EqualTo(
        [
            ("IPA5006", DiagnosticSeverity.Warning, "The IpaGateException 'constprop' matches no violation. Remove it, or correct it."),
            ("IPA5006", DiagnosticSeverity.Warning, "The IpaGateException 'isra' Object=\"c.o\" Function=\"first_of\" SourceFile=\"c.c\" matches no violation. Remove it, or correct it."),
        ]));
    }

    [Test]
    public void Of_whole_objects_an_exception_accepts_those_that_its_selectors_match()
    {
        using var units = Compile("gcc", record: true);
        string[] Accepted(GatePolicy policy) => [.. Rows(units.Judge(policy), ViolationStatus.Excepted)];
        var policy = GateBench.Policy("none", "ipa-ra");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Judge(policy).Rows(), Is.EqualTo(["IPA5002 ipa-ra net/a.o,net/b.o"]));
            Assert.That(Accepted(policy.Except("ipa-ra")), Is.EqualTo(["IPA5002 ipa-ra net/a.o,net/b.o"]));
            Assert.That(Accepted(policy.Except("ipa-ra", "a.o")), Is.EqualTo(["IPA5002 ipa-ra net/a.o"]), "the rows are split");
            Assert.That(Accepted(policy.Except("ipa-ra", sourceFile: "b.c")), Is.EqualTo(["IPA5002 ipa-ra net/b.o"]));
            Assert.That(Accepted(policy.Except("ipa-ra", function: "first_of")), Is.Empty, "the pass concerns more than that function");
            Assert.That(Accepted(policy.Except("ipa-modref")), Is.Empty);
            Assert.That(units.Judge(policy.Except("ipa-ra", "a.o")).Verdict, Is.EqualTo(GateVerdict.Failed));
            Assert.That(units.Judge(policy.Except("ipa-ra", "a.o").Except("ipa-ra", "b.o")).Verdict, Is.EqualTo(GateVerdict.Passed));
        }
    }

    [Test]
    public void Unknown_options_can_be_accepted_by_a_baseline_only()
    {
        using var units = Compile();
        var policy = GateBench.Policy("none", "ipa-ra") with { Severity = DiagnosticSeverity.Error };
        var result = units.Judge(policy.Except("ipa-ra"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rows(), Is.EqualTo(["IPA5005  net/a.o,net/b.o"]));
            Assert.That(result.Verdict, Is.EqualTo(GateVerdict.Failed));
            Assert.That(result.Notices.Select(n => n.Code), Is.EqualTo(["IPA5006"]));
            var known = units.Judge(policy with { Baseline = GateBaseline.Of(result.Violations) });
            Assert.That(known.Verdict, Is.EqualTo(GateVerdict.Passed));
            Assert.That(Rows(known, ViolationStatus.Known), Is.EqualTo(result.Rows()));
        }
    }

    [Test]
    public void A_baseline_accepts_what_it_knows_wherever_it_moves()
    {
        using var units = Compile();
        var policy = GateBench.Policy("none", "isra");
        var baseline = GateBaseline.Of(units.Judge(policy).Violations);
        using var moved = Compile(header: "\n\n" + Header);
        var unchanged = moved.Judge(policy with { Baseline = baseline });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(baseline.Entries, Has.Count.EqualTo(4));
            Assert.That(unchanged.Violations.Select(v => v.Line).Max(), Is.EqualTo(5));
            Assert.That(Rows(unchanged, ViolationStatus.Known), Is.EqualTo(s_all));
            Assert.That(unchanged.Verdict, Is.EqualTo(GateVerdict.Passed));
            Assert.That(unchanged.Diagnostics, Is.Empty);
            Assert.That(unchanged.Notices, Is.Empty);
            Assert.That(unchanged.RecommendedFlags, Is.Empty);
        }
    }

    [Test]
    public void What_a_baseline_does_not_know_counts_and_what_is_gone_is_reported()
    {
        using var units = Compile();
        var policy = GateBench.Policy("none", "isra");
        BaselineEntry[] gone =
        [
            new("IPA5001", "isra", "net/a.o", "gone", "a.c"),
            new("IPA5002", "ipa-ra", "net/a.o", null, null),
            new("IPA5005", null, "net/x.o", null, null),
            .. Enumerable.Range(0, 7).Select(i => new BaselineEntry("IPA5002", "ipa-vrp", $"net/{i}.o", null, null)),
        ];
        var known = GateBaseline.Of(units.Judge(policy).Violations).Entries.Where(e => e.Object == "net/a.o");
        var result = units.Judge(policy with { Baseline = new GateBaseline([.. known, .. gone]) });
        var notice = result.Notices.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rows(result, ViolationStatus.Known), Is.EqualTo(s_all[..2]));
            Assert.That(Rows(result, ViolationStatus.Counts), Is.EqualTo(s_all[2..]));
            Assert.That(result.Verdict, Is.EqualTo(GateVerdict.Failed));
            Assert.That((notice.Code, notice.Severity), Is.EqualTo(("IPA5007", DiagnosticSeverity.Warning)));
            Assert.That(notice.Message, Is.EqualTo(
                "10 of the 12 entries of the baseline no longer occur, such as isra in gone of net/a.o, ipa-ra in net/a.o, "
                + "ipa-vrp in net/0.o, ipa-vrp in net/1.o, ipa-vrp in net/2.o. Remove them with dotnet build -t:IpaUpdateGateBaseline."));
        }
    }

    [Test]
    public void What_an_exception_accepts_is_in_no_baseline_and_what_both_know_is_the_exceptions()
    {
        using var units = Compile();
        var policy = GateBench.Policy("none", "isra");
        var all = GateBaseline.Of(units.Judge(policy).Violations);
        var excepted = policy.Except("isra", "a.o");
        var result = units.Judge(excepted with { Baseline = all });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rows(result, ViolationStatus.Excepted), Is.EqualTo(s_all[..2]));
            Assert.That(Rows(result, ViolationStatus.Known), Is.EqualTo(s_all[2..]));
            Assert.That(result.Notices, Is.Empty, "the entries still occur");
            Assert.That(GateBaseline.Of(result.Violations).Entries.Select(e => e.Object).Distinct(), Is.EqualTo(["net/b.o"]));
        }
    }

    [Test]
    public void A_baseline_made_of_a_known_violation_keeps_it()
    {
        using var units = Compile("gcc", record: true);
        var policy = GateBench.Policy("inline-only-static");
        var first = GateBaseline.Of(units.Judge(policy).Violations);
        var second = GateBaseline.Of(units.Judge(policy with { Baseline = first }).Violations);
        Assert.That(GateBaselineFile.Serialize(second), Is.EqualTo(GateBaselineFile.Serialize(first)));
    }

    [Test]
    public void The_reason_of_an_item_is_shown_until_an_exception_says_more()
    {
        using var units = Compile();
        var policy = GateBench.Read(new GateSettings { Policy = "none", ForbiddenPasses = [new("isra", null, "kpatch cannot.")] });
        var result = units.Judge(policy.Except("isra", "a.o"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Violations.Select(v => v.Justification), Is.EqualTo(["known", "known", "kpatch cannot.", "kpatch cannot."]));
            Assert.That(result.Diagnostics.Select(d => d.Message), Has.All.Contains("; it is forbidden because: kpatch cannot. Compile with -fno-ipa-sra"));
        }
    }

    [TestCase("Error", GateVerdict.Failed)]
    [TestCase("Warning", GateVerdict.Passed)]
    [TestCase("Info", GateVerdict.Passed)]
    public void Only_errors_make_the_verdict(string severity, GateVerdict expected)
    {
        using var units = Compile();
        var result = units.Judge(GateBench.Policy("none", "isra=" + severity));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(expected));
            Assert.That(result.Diagnostics.Select(d => d.Severity.ToString()), Is.All.EqualTo(severity).And.Exactly(4).Items);
        }
    }

    [Test]
    public void Where_nothing_is_forbidden_nothing_is_judged()
    {
        using var units = Compile();
        var baseline = new GateBaseline([new("IPA5001", "isra", "gone.o", "f", null)]);
        var result = units.Judge(GateBench.Policy("none").Except("isra") with { Baseline = baseline });
        Assert.That((result.Policy, result.Verdict, result.Violations.Length, result.Diagnostics.Length, result.Notices.Length), Is.EqualTo(
            ("none", GateVerdict.NotEvaluated, 0, 0, 0)));
    }

    private static string[] Rows(GateResult result, ViolationStatus status) => [.. result.Violations.Where(v => v.Status == status).Select(GateBench.Row)];

    private static CompiledUnits Compile(string compiler = "gcc", bool record = false, string header = Header)
    {
        var units = new CompiledUnits(compiler).Write("inc/pair.h", header);
        foreach (var stem in (string[])["a", "b"])
        {
            units.Add(stem, Source).With(u => u with { Object = $"net/{stem}.o", SourcePath = units[$"{stem}.c"] });
            if (record)
            {
                units.Recorded(compiler, "-O2");
            }
        }

        return units;
    }
}
