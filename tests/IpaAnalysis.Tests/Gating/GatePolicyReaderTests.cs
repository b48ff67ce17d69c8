using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Gating;

/// <summary>The gate's settings, right and wrong.</summary>
internal sealed class GatePolicyReaderTests
{
    [Test]
    public void Without_settings_the_defaults_hold()
    {
        var policy = GateBench.Read(new GateSettings());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.Name, Is.EqualTo("inline-clone"));
            Assert.That(policy.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(policy.MaxDiagnosticsPerPass, Is.EqualTo(20));
            Assert.That(policy.Forbidden, Is.Empty);
            Assert.That(policy.Exceptions, Is.Empty);
            Assert.That(policy.Baseline, Is.Null);
            Assert.That(policy.ForbidsExternalInlining, Is.False);
            Assert.That(policy.LivePatchingLevel, Is.EqualTo("inline-clone"));
        }
    }

    [TestCase("inline-clone", PassPolicies.InlineClone, false, "inline-clone")]
    [TestCase("inline-only-static", PassPolicies.InlineOnlyStatic, true, "inline-only-static")]
    [TestCase("none", PassPolicies.None, false, null)]
    [TestCase("listed", PassPolicies.InlineClone, false, "inline-clone")]
    public void A_policy_is_one_of_four(string name, PassPolicies expected, bool external, string? level)
    {
        var policy = GateBench.Policy(name);
        Assert.That((policy.Policies, policy.ForbidsExternalInlining, policy.LivePatchingLevel), Is.EqualTo((expected, external, level)));
    }

    [TestCase("Error", DiagnosticSeverity.Error)]
    [TestCase("warning", DiagnosticSeverity.Warning)]
    [TestCase("INFO", DiagnosticSeverity.Info)]
    public void Severities_are_words_in_any_case(string text, DiagnosticSeverity expected)
    {
        var policy = GateBench.Read(new GateSettings { Severity = text, ForbiddenPasses = [new("isra", text, null)] });
        Assert.That((policy.Severity, policy.Forbidden[0].Severity), Is.EqualTo((expected, expected)));
    }

    [Test]
    public void An_item_is_an_error_unless_it_says_another_severity_whatever_the_policys()
    {
        var policy = GateBench.Read(new GateSettings { Severity = "Info", ForbiddenPasses = [new("ipa-ra", null, "slow"), new("isra", "", null)] });
        Assert.That(policy.Forbidden.Select(f => (f.Selector.Name, f.Severity, f.Justification)), Is.EqualTo(
            [("ipa-ra", DiagnosticSeverity.Error, "slow"), ("isra", DiagnosticSeverity.Error, null)]));
    }

    [TestCase("ipa-ra", "ipa-ra", null)]
    [TestCase("-fipa-ra", "ipa-ra", null)]
    [TestCase("isra", "isra", "isra")]
    [TestCase("-fipa-sra", "ipa-sra", "isra")]
    [TestCase("constprop", "constprop", "constprop")]
    [TestCase("inline", "inline", "inline")]
    [TestCase("part", "part", "part")]
    [TestCase("target_clones", "target_clones", "target_clones")]
    [TestCase("unknown", "unknown", "unknown")]
    public void A_pass_is_an_option_with_or_without_f_or_a_kind_of_clone(string name, string selector, string? kind)
    {
        var forbidden = GateBench.Policy("none", name).Forbidden[0];
        Assert.That((forbidden.Selector.Name, forbidden.Selector.Kind?.Name), Is.EqualTo((selector, kind)));
    }

    [TestCase("ipa-raa", "'ipa-ra'")]
    [TestCase("-fipa-crp", "'ipa-cp'")]
    [TestCase("ipa_sra", "'ipa-sra'")]
    [TestCase("constpop", "'constprop'")]
    [TestCase("-fno-ipa-ra", "'ipa-ra'?")]
    [TestCase("no-ipa-ra", "'ipa-ra'?")]
    [TestCase("IPA-RA", "Give a GCC option or kind of clone: constprop, devirtualize")]
    [TestCase("completely-different", "Give a GCC option or kind of clone: constprop, devirtualize")]
    public void An_unknown_pass_is_an_error_with_near_spellings(string name, string hint)
    {
        foreach (var settings in (GateSettings[])
        [
            new() { ForbiddenPasses = [new(name, null, null)] },
            new() { Exceptions = [new(name, "why", null, null, null)] },
        ])
        {
            var error = Fails(settings, DiagnosticCatalog.PassUnknown);
            Assert.That(error.Message, Does.Contain($"'{name}'").And.Contain(hint));
            Assert.That(error.Message, Does.Contain(settings.Exceptions.IsEmpty ? "IpaForbiddenPass" : "IpaGateException"));
        }
    }

    [TestCase("Fatal")]
    [TestCase("2")]
    [TestCase("-1")]
    [TestCase("Error,Warning")]
    [TestCase(" Error")]
    public void A_severity_is_one_of_three_words(string text)
    {
        var property = Fails(new GateSettings { Severity = text }, DiagnosticCatalog.InvalidValue);
        var item = Fails(new GateSettings { ForbiddenPasses = [new("ipa-ra", text, null)] }, DiagnosticCatalog.InvalidValue);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(property.Message, Does.Contain("IpaGateSeverity").And.Contain($"'{text}'").And.Contain("Error, Warning or Info"));
            Assert.That(item.Message, Does.Contain("IpaForbiddenPass 'ipa-ra'").And.Contain($"'{text}'"));
        }
    }

    [TestCase("inline-clones")]
    [TestCase("Inline-Clone")]
    [TestCase("listed,none")]
    public void A_policy_is_one_of_those_listed(string name) => Assert.That(
        Fails(new GateSettings { Policy = name }, DiagnosticCatalog.InvalidValue).Message,
        Does.Contain("IpaPassPolicy").And.Contain($"'{name}'").And.Contain("inline-clone, inline-only-static, none, listed"));

    [TestCase("0", 0)]
    [TestCase("7", 7)]
    [TestCase("2147483647", int.MaxValue)]
    public void The_maximum_is_a_number(string text, int expected) =>
        Assert.That(GateBench.Read(new GateSettings { MaxDiagnosticsPerPass = text }).MaxDiagnosticsPerPass, Is.EqualTo(expected));

    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase("1e3")]
    [TestCase("1,000")]
    [TestCase(" 5")]
    [TestCase("2147483648")]
    [TestCase("many")]
    public void A_maximum_that_is_no_number_is_an_error(string text) => Assert.That(
        Fails(new GateSettings { MaxDiagnosticsPerPass = text }, DiagnosticCatalog.InvalidValue).Message,
        Does.Contain("IpaMaxDiagnosticsPerPass").And.Contain($"'{text}'"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(" \n")]
    public void An_exception_says_why(string? justification) => Assert.That(
        Fails(new GateSettings { Exceptions = [new("isra", justification, null, null, null)] }, DiagnosticCatalog.JustificationMissing).Message,
        Does.Contain("'isra'"));

    [Test]
    public void Every_mistake_is_reported_at_once()
    {
        var diagnostics = new DiagnosticBag();
        GatePolicyReader.Read(
            new GateSettings
            {
                Policy = "x",
                Severity = "x",
                MaxDiagnosticsPerPass = "x",
                ForbiddenPasses = [new("x", "x", null)],
                Exceptions = [new("x", null, null, null, null)],
            },
            diagnostics);
        Assert.That(diagnostics.Select(d => d.Code), Is.EquivalentTo(
            ["IPA1005", "IPA1005", "IPA1005", "IPA1005", "IPA1017", "IPA1017", "IPA1018"]));
        Assert.That(diagnostics.Select(d => d.Severity), Is.All.EqualTo(DiagnosticSeverity.Error));
    }

    private static Diagnostic Fails(GateSettings settings, DiagnosticDescriptor expected)
    {
        var diagnostics = new DiagnosticBag();
        GatePolicyReader.Read(settings, diagnostics);
        Assert.That(diagnostics.Select(d => d.Descriptor), Is.EqualTo([expected]));
        return diagnostics.Single();
    }
}
