using System.Text.RegularExpressions;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Tests.Compilers;

namespace IpaAnalysis.Tests.Gating;

/// <summary>Judgements by the options of whole objects, and what all judgements have in common.</summary>
internal sealed class GateJudgeTests
{
    private const string Source = "int external(int); int f(int v) { return external(v) + 1; }\n";

    // What -O2 enables of the default policy in GCC 12 and 11, where the compiler recorded what it folded.
    private static readonly string[] s_plain =
    [
        "ipa-bit-cp", "ipa-icf-variables", "ipa-modref", "ipa-pure-const", "ipa-ra", "ipa-reference", "ipa-reference-addressable",
        "ipa-stack-alignment", "ipa-vrp",
    ];

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("aarch64-linux-gnu-gcc")]
    public void Plain_flags_are_one_violation_for_each_pass(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("a", Source).Recorded(compiler, "-O2").Add("b", Source).Recorded(compiler, "-O2");
        var result = units.Judge(GateBench.Policy("inline-clone"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Violations.Select(v => v.Pass), Is.EqualTo(s_plain));
            Assert.That(result.Rows(), Is.All.StartsWith("IPA5002 ").And.All.EndsWith(" a.o,b.o"));
            Assert.That(result.Violations.Select(v => v.Evidence), Is.All.Match($"^GCC {Regex.Escape(Asked.Compiler(compiler).Version)}.* -O2$"));
            Assert.That(result.Violations.Select(v => (v.Function, v.SourceFile, v.Line)), Is.All.EqualTo(((string?)null, (string?)null, 0)));
            Assert.That(result.Verdict, Is.EqualTo(GateVerdict.Passed), "the policy warns unless IpaGateSeverity says Error");
            Assert.That(result.Diagnostics.Select(d => (d.Code, d.Severity)), Is.All.EqualTo(("IPA5002", DiagnosticSeverity.Warning)).And.Exactly(9).Items);
            Assert.That(result.RecommendedFlags, Is.EqualTo("-flive-patching=inline-clone"));
            Assert.That(units.Judge(GateBench.Policy("inline-clone") with { Severity = DiagnosticSeverity.Error }).Verdict, Is.EqualTo(GateVerdict.Failed));
        }
    }

    [TestCase("-pg -mfentry")]
    [TestCase("-fpatchable-function-entry=16,16")]
    [TestCase("-fno-ipa-ra")]
    public void Register_use_is_not_shared_where_functions_are_traced(string flags)
    {
        using var units = new CompiledUnits("gcc").Add("a", Source).Recorded("gcc", ["-O2", .. flags.Split(' ')]);
        Assert.That(units.Judge(GateBench.Policy("inline-clone")).Violations.Select(v => v.Pass), Is.EqualTo(s_plain.Except(["ipa-ra"])));
    }

    [Test]
    public void Each_set_of_options_is_a_row_and_what_has_none_is_told()
    {
        Tools.Require("gcc-11");
        using var units = new CompiledUnits("gcc").Add("a", Source).Recorded("gcc", "-O2")
            .Add("b", Source).Recorded("gcc", "-O2", "-flive-patching=inline-clone")
            .Add("c", Source).Recorded("gcc-11", "-O2").With(u => u with { ObjectPath = null })
            .Add("d", Source).Recorded("gcc", "-O2", "-pg")
            .Add("e", Source)
            .Add("f", Source).Recorded("gcc-99", "-O2").With(u => u with { ObjectPath = null })
            .Add("g", Source).Recorded("gcc-99", "-O2", "-fno-ipa-ra");
        var result = units.Judge(GateBench.Policy("none", "ipa-ra", "ipa-modref=Info") with { Severity = DiagnosticSeverity.Error });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rows(), Is.EqualTo(
            [
                "IPA5002 ipa-modref c.o", "IPA5002 ipa-modref a.o", "IPA5002 ipa-modref g.o", "IPA5002 ipa-modref d.o", "IPA5002 ipa-ra c.o", "IPA5002 ipa-ra a.o", "IPA5005  e.o", "IPA5005  f.o",
            ]));
            Assert.That(result.Violations.Where(v => v.Pass == "ipa-modref").Select(v => v.Severity), Is.All.EqualTo(DiagnosticSeverity.Info));
            Assert.That(result.Violations.Where(v => v.Pass is null).Select(v => v.Severity), Is.All.EqualTo(DiagnosticSeverity.Error), "as the gate's");
            Assert.That(result.Violations.First(v => v.Objects[0] == "g.o").Evidence, Does.StartWith($"GCC {Asked.Compiler("gcc").Version}"), "the object tells which compiler it was");
            Assert.That(result.Violations.First(v => v.Objects[0] == "f.o").Evidence, Does.Contain("gcc-99"));
            Assert.That(result.Diagnostics.Count(d => d.Code == "IPA5002"), Is.EqualTo(2), "one for each pass");
        }
    }

    [Test]
    public void Folding_is_judged_by_options_where_no_record_was_asked_for()
    {
        using var units = new CompiledUnits("gcc").Add("a", Source).Recorded("gcc", "-O2");
        string[] Judge(params string[] items) => [.. units.Judge(GateBench.Policy("inline-clone", items)).Violations
            .Where(v => v.Pass!.StartsWith("ipa-icf", StringComparison.Ordinal)).Select(v => $"{v.Pass} {v.Severity}")];
        var recorded = Judge();
        units.With(u => u with { FoldingRecordPath = null });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorded, Is.EqualTo(["ipa-icf-variables Warning"]), "functions were looked for, and none was folded");
            Assert.That(Judge(), Is.EqualTo(["ipa-icf Warning"]), "the whole stands for its parts");
            Assert.That(Judge("ipa-icf=Info"), Is.EqualTo(["ipa-icf Info"]));
            Assert.That(Judge("ipa-icf-functions=Error"), Is.EqualTo(["ipa-icf Warning", "ipa-icf-functions Error"]), "a stricter part is not lost in the whole");
            Assert.That(
                units.Recorded("gcc", "-O2", "-fno-ipa-icf-functions").Judge(GateBench.Policy("none", "ipa-icf-functions")).Rows(),
                Is.Empty);
            Assert.That(Judge(), Is.EqualTo(["ipa-icf Warning"]), "variables are still folded");
        }
    }

    [Test]
    public void Options_are_asked_for_only_where_they_decide()
    {
        using var units = new CompiledUnits("gcc").Add("a", Source);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Judge(GateBench.Policy("none", "isra", "constprop", "inline", "part", "simdclone", "ipa-icf-functions")).Rows(), Is.Empty);
            Assert.That(units.Judge(GateBench.Policy("none", "ipa-cp-clone")).Rows(), Is.EqualTo(["IPA5005  a.o"]), "the dump does not tell it from ipa-cp");
            Assert.That(units.With(u => u with { DumpPath = null }).Judge(GateBench.Policy("none", "isra")).Rows(), Is.EqualTo(["IPA5005  a.o"]));
            Assert.That(units.Judge(GateBench.Policy("none", "simdclone")).Rows(), Is.Empty, "no option controls it");
        }
    }

    [Test]
    public void The_same_objects_give_the_same_judgement_in_the_manifests_order()
    {
        using var units = new CompiledUnits("gcc");
        foreach (var stem in (string[])["Z", "a", "b", "ü"])
        {
            units.Add(stem, $$"""
                int external(int);
                static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
                static __attribute__((noinline)) int also(int v, int s) { return external(v) - s + external(s); }
                int {{(stem == "ü" ? "u" : stem)}}(int v) { return scaled(v, 12) + scaled(v + 1, 12) + also(v, 3) + also(v + 2, 3); }
                """).Recorded("gcc", stem == "b" ? "-O3" : "-O2");
        }

        var policy = GateBench.Policy("inline-only-static", "constprop=Error");
        var first = units.Judge(policy);
        var second = units.Judge(policy);
        var rows = first.Rows();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Rows(), Is.EqualTo(rows));
            Assert.That(second.Violations.Select(v => v.Evidence), Is.EqualTo(first.Violations.Select(v => v.Evidence)));
            Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics));
            Assert.That(rows[..8], Is.EqualTo(
            [
                "IPA5001 constprop Z.o also", "IPA5001 constprop Z.o scaled", "IPA5001 constprop a.o also", "IPA5001 constprop a.o scaled",
                "IPA5001 constprop b.o also", "IPA5001 constprop b.o scaled", "IPA5001 constprop ü.o also", "IPA5001 constprop ü.o scaled",
            ]));
            Assert.That(rows[8..], Is.All.StartsWith("IPA5002 "));
            Assert.That(first.Violations[8..].Select(v => v.Pass), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(rows[8..10], Is.EqualTo(["IPA5002 ipa-bit-cp Z.o,a.o,ü.o", "IPA5002 ipa-bit-cp b.o"]));
        }
    }

    [Test]
    public void A_whole_kernel_at_plain_flags_is_a_row_for_each_pass_and_no_summary_is_loaded()
    {
        using var units = new CompiledUnits("gcc").Add("a", Source).Recorded("gcc", "-O2");
        var unit = GateUnit.Of(units.Units[0]);
        var source = new Many(UnitFacts.Of(SummaryReader.Read(units.Units[0])), 27_000);
        var result = GateJudge.Judge(
            GateBench.Policy("inline-only-static"),
            [.. Enumerable.Range(0, source.Count).Select(i => unit with { Object = $"{i:d5}.o" })],
            source,
            GateBench.Expander(),
            null,
            CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Violations.Select(v => v.Pass), Is.EqualTo(s_plain));
            Assert.That(result.Violations.Select(v => v.Objects.Length), Is.All.EqualTo(27_000));
            Assert.That(result.Violations[0].Objects, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(result.Diagnostics, Has.Length.EqualTo(s_plain.Length));
            Assert.That(result.Diagnostics.Select(d => d.Message.Length), Is.All.LessThan(500));
        }
    }

    [Test]
    public void A_judgement_can_be_cancelled()
    {
        using var units = new CompiledUnits("gcc").Add("a", Source).Recorded("gcc", "-O2");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(
            () => GateJudge.Judge(
                GateBench.Policy("inline-clone"),
                [.. units.Units.Select(GateUnit.Of)],
                new SummaryList([.. units.Units.Select(SummaryReader.Read)]),
                GateBench.Expander(),
                null,
                cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Many units of equal facts, none of which may be loaded.</summary>
    private sealed class Many(UnitFacts facts, int count) : ISummarySource
    {
        public int Count => count;

        public UnitFacts FactsOf(int unit) => facts;

        public ObjectSummary Load(int unit) => throw new InvalidOperationException("Facts are enough.");

        public IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name) => throw new InvalidOperationException("Facts are enough.");
    }
}
