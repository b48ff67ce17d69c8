using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Passes;

[TestFixture]
internal sealed class PassSelectorTests
{
    [Test]
    public void Every_name_means_something_with_and_without_f()
    {
        Assert.That(PassSelector.Names, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        foreach (var name in PassSelector.Names)
        {
            var selector = PassSelector.Find(name);
            Assert.That(selector?.Name, Is.EqualTo(name));
            Assert.That(PassSelector.Find("-f" + name)?.Name, Is.EqualTo(name));
            Assert.That(selector!.Covers(selector), Is.True);
            Assert.That(selector.Kind is not null || !selector.Passes.IsEmpty, Is.True, name);
        }

        Assert.That(PassSelector.Names, Is.SupersetOf(IpaPasses.All.Select(p => p.Name)));
        Assert.That(PassSelector.Names, Is.SupersetOf(ClonePasses.All.Select(k => k.Name)).And.Contains("unknown"));
    }

    [TestCase("")]
    [TestCase("-f")]
    [TestCase("-fno-ipa-ra")]
    [TestCase("ipa_ra")]
    [TestCase("IPA-RA")]
    [TestCase(" ipa-ra")]
    public void Other_names_mean_nothing(string name) => Assert.That(PassSelector.Find(name), Is.Null);

    [TestCase("isra", "ipa-sra")]
    [TestCase("constprop", "ipa-cp ipa-cp-clone")]
    [TestCase("part", "partial-inlining")]
    [TestCase("inline", "inline")]
    [TestCase("locality_clone", "ipa-reorder-for-locality")]
    [TestCase("simdclone", "")]
    [TestCase("unknown", "")]
    public void A_kind_of_clone_means_the_passes_that_leave_it(string kind, string passes) =>
        Assert.That(string.Join(' ', PassSelector.Find(kind)!.Passes.Select(p => p.Name)), Is.EqualTo(passes));

    [TestCase("isra", "ipa-sra", true)]
    [TestCase("ipa-sra", "isra", true)]
    [TestCase("ipa-cp", "ipa-cp-clone", true)]
    [TestCase("constprop", "ipa-cp-clone", true)]
    [TestCase("ipa-cp", "constprop", true)]
    [TestCase("ipa-cp-clone", "ipa-cp", false)]
    [TestCase("ipa-cp-clone", "constprop", false)]
    [TestCase("inline", "inline-functions", false)]
    [TestCase("ipa-icf", "ipa-icf-functions", true)]
    [TestCase("ipa-icf-functions", "ipa-icf", false)]
    [TestCase("ipa-icf-functions", "ipa-icf-variables", false)]
    [TestCase("isra", "constprop", false)]
    [TestCase("ipa-ra", "ipa-reference", false)]
    [TestCase("simdclone", "unknown", false)]
    public void Selectors_cover_what_they_mean(string selector, string other, bool covers) =>
        Assert.That(PassSelector.Find(selector)!.Covers(PassSelector.Find(other)!), Is.EqualTo(covers));
}
