using IpaAnalysis.Diagnostics;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Gating;

/// <summary>What a policy and the project's items forbid together.</summary>
internal sealed class GatePolicyTests
{
    [TestCase("inline-clone", PassPolicies.InlineClone)]
    [TestCase("inline-only-static", PassPolicies.InlineOnlyStatic)]
    public void A_policy_forbids_what_the_catalogue_says(string name, PassPolicies policy)
    {
        var forbidden = GateBench.Policy(name).AllForbidden();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(forbidden.Select(f => f.Selector.Name), Is.EqualTo(IpaPasses.ForbiddenBy(policy).Select(p => p.Name)));
            Assert.That(forbidden.Select(f => f.Severity), Is.All.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(forbidden.Select(f => f.Justification), Is.All.Null);
        }
    }

    [Test]
    public void Items_come_before_the_policy_and_replace_its_own_entry()
    {
        var forbidden = (GateBench.Policy("inline-clone", "part=Info", "ipa-ra") with { Severity = DiagnosticSeverity.Error }).AllForbidden();
        string[] names = [.. forbidden.Select(f => f.Selector.Name)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names[..2], Is.EqualTo(["ipa-ra", "part"]), "sorted, whatever their order in the project");
            Assert.That(names, Is.Unique);
            Assert.That(names[2..], Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(names[2..], Is.EquivalentTo(IpaPasses.ForbiddenBy(PassPolicies.InlineClone).Select(p => p.Name).Except(["ipa-ra"])));
            Assert.That(forbidden[1].Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(forbidden[2..].Select(f => f.Severity), Is.All.EqualTo(DiagnosticSeverity.Error));
        }
    }

    [TestCase("isra", "ipa-sra")]
    [TestCase("ipa-sra", "ipa-sra")]
    [TestCase("part", "partial-inlining")]
    [TestCase("constprop", "ipa-cp")]
    [TestCase("constprop", "ipa-cp-clone")]
    [TestCase("ipa-cp", "ipa-cp-clone")]
    [TestCase("ipa-icf", "ipa-icf-functions")]
    [TestCase("ipa-icf", "ipa-icf")]
    public void What_an_item_names_is_not_repeated_for_the_policy(string item, string replaced)
    {
        var forbidden = GateBench.Policy("inline-only-static", item + "=Info").AllForbidden();
        Assert.That(forbidden.Where(f => f.Severity == DiagnosticSeverity.Warning).Select(f => f.Selector.Name), Has.None.EqualTo(replaced));
    }

    [TestCase("ipa-cp-clone", "ipa-cp")]
    [TestCase("ipa-icf-functions", "ipa-icf")]
    [TestCase("inline", "partial-inlining")]
    public void A_part_replaces_no_whole(string item, string kept) => Assert.That(
        GateBench.Policy("inline-only-static", item + "=Info").AllForbidden().Where(f => f.Severity == DiagnosticSeverity.Warning).Select(f => f.Selector.Name),
        Has.Member(kept));

    [Test]
    public void Of_two_items_for_one_pass_the_stricter_holds()
    {
        foreach (var items in (string[][])[["ipa-ra=Info", "ipa-ra"], ["ipa-ra", "-fipa-ra=Warning"]])
        {
            var forbidden = GateBench.Policy("none", items).AllForbidden();
            Assert.That(forbidden.Select(f => (f.Selector.Name, f.Severity)), Is.EqualTo([("ipa-ra", DiagnosticSeverity.Error)]));
        }
    }

    [Test]
    public void Nothing_is_forbidden_by_none()
    {
        Assert.That(GateBench.Policy("none").AllForbidden(), Is.Empty);
        Assert.That(GateBench.Policy("none", "isra").AllForbidden().Select(f => f.Selector.Name), Is.EqualTo(["isra"]));
    }
}
