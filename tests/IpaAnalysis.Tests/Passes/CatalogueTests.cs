using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Passes;

[TestFixture]
internal sealed class CatalogueTests
{
    [Test]
    public void Names_are_sorted_and_found() => Assert.Multiple(() =>
    {
        Assert.That(IpaPasses.All.Select(p => p.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        Assert.That(IpaPasses.All.Select(p => IpaPasses.Find(p.Name)), Is.EqualTo(IpaPasses.All));
        Assert.That(IpaPasses.Find("-fipa-ra"), Is.Null);
        Assert.That(IpaPasses.Find("ipa-ra")!.Option, Is.EqualTo("-fipa-ra"));
        Assert.That(IpaPasses.Find("ipa-ra")!.Negation, Is.EqualTo("-fno-ipa-ra"));
    });

    [Test]
    public void A_policy_is_part_of_the_stricter_one()
    {
        Assert.That(IpaPasses.ForbiddenBy(PassPolicies.InlineClone), Is.SubsetOf(IpaPasses.ForbiddenBy(PassPolicies.InlineOnlyStatic)));
        Assert.That(IpaPasses.ForbiddenBy(PassPolicies.None), Is.Empty);
        Assert.That(IpaPasses.ForbiddenBy(PassPolicies.InlineClone).Select(p => p.Evidence), Has.No.Member(PassEvidence.CloneDump), "clones can be listed");
    }

    [Test]
    public void Passes_refer_to_each_other_and_to_kinds_of_clones() => Assert.Multiple(() =>
    {
        foreach (var pass in IpaPasses.All)
        {
            Assert.That(pass.Requires is null || IpaPasses.Find(pass.Requires) is { } required && required != pass, Is.True, pass.Name);
            Assert.That(pass.PartOf is null || IpaPasses.Find(pass.PartOf) is { PartOf: null }, Is.True, pass.Name);
            Assert.That(pass.IndependentSince == 0 || pass.Requires is not null, Is.True, pass.Name);
            Assert.That(pass.Leaves is not null, Is.EqualTo(pass.Evidence == PassEvidence.CloneDump), pass.Name);
            Assert.That(pass.Leaves is null || ClonePasses.All.Contains(pass.Leaves), Is.True, pass.Name);
            Assert.That(pass.Effect, Is.Not.Empty.And.Not.EndWith("."), pass.Name);
        }
    });
}
