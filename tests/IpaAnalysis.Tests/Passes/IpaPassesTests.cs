using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Passes;

/// <summary>The catalogue against what the installed compilers say of themselves.</summary>
[TestFixture("gcc")]
[TestFixture("gcc-11")]
[TestFixture("aarch64-linux-gnu-gcc")]
[TestFixture("s390x-linux-gnu-gcc")]
internal sealed class IpaPassesTests(string compiler)
{
    private static readonly (PassPolicies Policy, string Level)[] s_policies =
        [(PassPolicies.InlineClone, "inline-clone"), (PassPolicies.InlineOnlyStatic, "inline-only-static")];

    private CompilerIdentity _compiler = null!;

    [OneTimeSetUp]
    public void FindCompiler()
    {
        Tools.Require(compiler);
        _compiler = CompilerProbe.Identify(compiler, Sandbox.Environment, "/", CancellationToken.None).Compiler!;
    }

    [TestCase(OptimizationLevels.O0, "-O0")]
    [TestCase(OptimizationLevels.O1, "-O1")]
    [TestCase(OptimizationLevels.Og, "-Og")]
    [TestCase(OptimizationLevels.O2, "-O2")]
    [TestCase(OptimizationLevels.Os, "-Os")]
    [TestCase(OptimizationLevels.O3, "-O3")]
    [TestCase(OptimizationLevels.O3, "-Ofast")]
    public void A_level_switches_on_what_the_catalogue_says(OptimizationLevels level, string flag) =>
        Assert.That(Ask(flag).Enabled, Is.EqualTo(Names(p => Exists(p) && p.EnabledAt.HasFlag(level))));

    [Test]
    public void No_level_is_O0() => Assert.That(Ask().Enabled, Is.EqualTo(Ask("-O0").Enabled));

    [Test]
    public void A_compiler_has_what_the_catalogue_says() => Assert.That(Ask().Existing, Is.EqualTo(Names(Exists)));

    /// <summary>-O3 switches on all but ipa-pta and whole-program, for which see the next test.</summary>
    [Test]
    public void A_policy_forbids_what_the_compiler_switches_off()
    {
        var enabled = Ask("-O3").Enabled;
        foreach (var (policy, level) in s_policies)
        {
            var off = enabled.Except(Ask("-O3", $"-flive-patching={level}").Enabled);
            Assert.That(off, Is.EqualTo(Names(p => p.ForbiddenBy.HasFlag(policy) && enabled.Contains(p.Name))), level);
        }
    }

    /// <summary>What is asked for by name is not switched off but refused, which is the compiler's list as well.</summary>
    [Test]
    public void A_policy_forbids_what_the_compiler_refuses_beside_it()
    {
        foreach (var (policy, level) in s_policies)
        {
            var refused = IpaPasses.All.Where(Exists).Where(p => Ask("-O3", p.Option, $"-flive-patching={level}").Refusal is { } refusal && refusal.Contains($"'{p.Option}'", StringComparison.Ordinal));
            Assert.That(refused.Select(p => p.Name), Is.EqualTo(Names(p => Exists(p) && p.ForbiddenBy.HasFlag(policy))), level);
        }
    }

    [Test]
    public void Each_option_and_its_negation_do_what_they_say()
    {
        foreach (var pass in IpaPasses.All.Where(Exists))
        {
            Assert.That(Ask("-O2", pass.Option).Enabled, Does.Contain(pass.Name));
            Assert.That(Ask("-O3", pass.Negation).Enabled, Does.Not.Contain(pass.Name));
        }
    }

    [Test]
    public void A_part_is_switched_by_the_whole_and_by_itself()
    {
        foreach (var part in IpaPasses.All.Where(p => p.PartOf is not null))
        {
            var whole = IpaPasses.Find(part.PartOf!)!;
            Assert.That(Ask("-O1", whole.Option).Enabled, Does.Contain(part.Name));
            Assert.That(Ask("-O2", whole.Negation).Enabled, Does.Not.Contain(part.Name));
            Assert.That(Ask("-O2", part.Negation).Enabled, Does.Contain(whole.Name));
        }
    }

    private static string[] Names(Func<IpaPass, bool> which) => [.. IpaPasses.All.Where(which).Select(p => p.Name)];

    private bool Exists(IpaPass pass) => pass.Since <= _compiler.Major;

    private OptimizerAnswer Ask(params string[] flags) =>
        OptimizerProbe.Ask(new OptimizerQuestion(_compiler, [.. flags], "/"), Sandbox.Environment, isRepeatable: true, CancellationToken.None);
}
