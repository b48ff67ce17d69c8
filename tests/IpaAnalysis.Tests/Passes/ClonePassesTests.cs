using System.Text;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Passes;

[TestFixture]
internal sealed class ClonePassesTests
{
    [TestCase("inlining to", "inline")]
    [TestCase("constprop", "constprop")]
    [TestCase("isra", "isra")]
    [TestCase("part", "part")]
    [TestCase("simdclone", "simdclone")]
    [TestCase("(null)", "unknown")]
    [TestCase("", "unknown")]
    [TestCase("avx2", "unknown")]
    [TestCase("array_dse", "unknown")]
    [TestCase("inlining", "unknown")]
    public void A_reason_names_its_pass_and_what_is_in_no_list_is_a_copy_all_the_same(string reason, string pass) =>
        Assert.That(ClonePasses.FromReason(Encoding.UTF8.GetBytes(reason)).Name, Is.EqualTo(pass));

    [TestCase("f.constprop.0", "f", "constprop")]
    [TestCase("f.constprop.0.isra.12", "f.constprop.0", "isra")]
    [TestCase("sra$isra$0", "sra", "isra")]
    [TestCase("f.part.0.cold", "f.part.0", null)]
    [TestCase("f.cold", "f", null)]
    [TestCase("f.cold.3", "f", null)]
    [TestCase("f.localalias", "f", null)]
    [TestCase("tc.default.1", "tc", "target_clones")]
    public void The_last_suffix_is_split_off(string symbol, string expected, string? pass)
    {
        Assert.That(ClonePasses.TrySplitSuffix(Encoding.UTF8.GetBytes(symbol), out var length, out var found), Is.True);
        Assert.That(symbol[..length], Is.EqualTo(expected));
        Assert.That(found?.Name, Is.EqualTo(pass));
    }

    [TestCase("f")]
    [TestCase("f.0")]
    [TestCase("inner.0")]
    [TestCase(".isra.0")]
    [TestCase("part")]
    [TestCase("f.isra0")]
    [TestCase("counterpart.0")]
    [TestCase("")]
    public void A_name_without_such_a_suffix_is_left_whole(string symbol) =>
        Assert.That(ClonePasses.TrySplitSuffix(Encoding.UTF8.GetBytes(symbol), out _, out _), Is.False);
}
