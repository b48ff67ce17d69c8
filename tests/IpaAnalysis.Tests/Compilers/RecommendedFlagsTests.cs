using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Passes;
using IpaAnalysis.Tests.Gating;

namespace IpaAnalysis.Tests.Compilers;

[TestFixture]
internal sealed class RecommendedFlagsTests
{
    private const string SinglesOfInlineClone =
        "-fno-ipa-bit-cp -fno-ipa-icf -fno-ipa-modref -fno-ipa-pure-const -fno-ipa-ra -fno-ipa-reference -fno-ipa-reference-addressable -fno-ipa-stack-alignment -fno-ipa-vrp";

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void A_policy_is_the_compilers_own_level(string compiler)
    {
        Check("inline-clone", "-flive-patching=inline-clone", true, Asked.Record(compiler, "-O2"));
        Check("inline-only-static", "-flive-patching=inline-only-static", true, Asked.Record(compiler, "-O3"), Asked.Record(compiler, "-O0"));
    }

    [Test]
    public void Nothing_enabled_needs_nothing()
    {
        Check("inline-clone", "", true, Asked.Record("gcc", "-O2 -flive-patching=inline-clone"));
        Check("inline-clone", "", true);
        Check("inline-clone", "", true, Asked.Record("gcc-99", "-O2"));
        Assert.That(Recommend([], null, Asked.Record("gcc", "-O3")), Is.EqualTo(new RecommendedFlags("", true)));
    }

    [Test]
    public void A_level_that_is_in_conflict_gives_way_to_single_flags()
    {
        Check("inline-clone", SinglesOfInlineClone, true, Asked.Record("gcc", "-O2 -fipa-ra"));
        Check("inline-clone", SinglesOfInlineClone + " -fno-whole-program", true, Asked.Record("gcc", "-O2 -fwhole-program"));
        Check("inline-clone", SinglesOfInlineClone, true, Asked.Record("gcc", "-O2"), Asked.Record("gcc-11", "-O2 -fipa-pure-const"));
    }

    [Test]
    public void Only_what_acts_is_switched_off() => Assert.Multiple(() =>
    {
        Check("inline-clone", "-fno-ipa-ra", true, Asked.Record("gcc", $"-O2 {SinglesOfInlineClone} -fipa-ra"));
        Check("inline-clone", "-flive-patching=inline-clone", true, Asked.Record("gcc", $"-O2 {SinglesOfInlineClone.Replace("-fno-ipa-ra", "", StringComparison.Ordinal)}"));
        Check("inline-clone", "", true, Asked.Record("gcc", $"-O2 -pg {SinglesOfInlineClone.Replace("-fno-ipa-ra", "", StringComparison.Ordinal)}"));
        Check("inline-clone", "-fno-ipa-icf-variables", true, Asked.Record("gcc", $"-O2 {SinglesOfInlineClone} -fno-ipa-icf -fipa-icf-variables -fipa-icf-variables"));
    });

    [Test]
    public void Passes_that_are_forbidden_besides_are_switched_off_besides() => Assert.Multiple(() =>
    {
        var policy = IpaPasses.ForbiddenBy(PassPolicies.InlineClone);
        Assert.That(
            Recommend([.. policy, IpaPasses.Find("ipa-sra")!, IpaPasses.Find("inline")!], "inline-clone", Asked.Record("gcc", "-O2")),
            Is.EqualTo(new RecommendedFlags("-flive-patching=inline-clone -fno-inline -fno-ipa-sra", true)));
        Assert.That(
            Recommend([IpaPasses.Find("ipa-sra")!, IpaPasses.Find("partial-inlining")!], null, Asked.Record("gcc", "-O2")),
            Is.EqualTo(new RecommendedFlags("-fno-ipa-sra -fno-partial-inlining", true)));
        Assert.That(
            Recommend([.. policy, IpaPasses.Find("ipa-sra")!], "inline-clone", Asked.Record("gcc", "-O2 -flive-patching=inline-clone")),
            Is.EqualTo(new RecommendedFlags("-fno-ipa-sra", true)), "the level is there already");
    });

    [Test]
    public void A_pass_that_not_all_compilers_have_cannot_be_switched_off_for_all()
    {
        var forbidden = IpaPasses.Find("ipa-strict-aliasing")!;
        Assert.That(Recommend([forbidden], null, Asked.Record("gcc", "-O2")), Is.EqualTo(new RecommendedFlags("-fno-ipa-strict-aliasing", true)));
        Assert.That(Recommend([forbidden], null, Asked.Record("gcc-11", "-O2")), Is.EqualTo(new RecommendedFlags("", true)));
        Assert.That(Recommend([forbidden], null, Asked.Record("gcc", "-O2"), Asked.Record("gcc-11", "-O2")), Is.EqualTo(new RecommendedFlags("", false)));
        Assert.That(
            Recommend([.. IpaPasses.ForbiddenBy(PassPolicies.InlineClone), forbidden], "inline-clone", Asked.Record("gcc", "-O2"), Asked.Record("gcc-11", "-O2")),
            Is.EqualTo(new RecommendedFlags("-flive-patching=inline-clone", false)), "the most that can be had");
    }

    [Test]
    public void Link_time_optimisation_is_unknown_and_does_not_count()
    {
        var lto = Asked.Record("gcc", "-O2 -flto");
        Assert.That(Asked.Ask(lto).Problem, Is.Not.Null);
        Check("inline-clone", "", true, lto);
        Check("inline-clone", "-flive-patching=inline-clone", true, lto, Asked.Record("gcc", "-O2"));
        Check("inline-clone", "-flive-patching=inline-clone", true, Asked.Record("gcc", "-O2"), Asked.Record("gcc", "-O2 -fipa-ra -flive-patching"));
    }

    private static void Check(string level, string flags, bool holds, params OptionsQuery[] queries)
    {
        var policy = level == "inline-clone" ? PassPolicies.InlineClone : PassPolicies.InlineOnlyStatic;
        Assert.That(Recommend([.. IpaPasses.ForbiddenBy(policy)], level, queries), Is.EqualTo(new RecommendedFlags(flags, holds)));
    }

    private static RecommendedFlags Recommend(IpaPass[] forbidden, string? level, params OptionsQuery[] queries)
    {
        foreach (var compiler in queries.Select(q => q.Recorded!.Compiler).Where(c => c != "gcc-99").Distinct())
        {
            Tools.Require(compiler);
        }

        return Asked.Expander().Recommend(queries, forbidden, level, CancellationToken.None);
    }
}
