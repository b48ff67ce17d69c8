using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Compilers;

[TestFixture]
internal sealed class KernelOptionsTests
{
    [Test]
    public void A_whole_kernel_has_few_sets_of_options_and_all_are_known()
    {
        var tree = TreeCollector.Collect(new TreeOptions { Directory = Tools.RequireCorpus() }, CancellationToken.None);
        OptionsQuery[] queries = [.. tree.Units.Select(u => new OptionsQuery(u.Options, null, [], ElfMachine.X64))];
        var expander = Asked.Expander();
        var options = expander.Expand(queries, CancellationToken.None);
        Assert.That(options.Select(o => o.Problem).Distinct(), Is.EqualTo((string?[])[null]));
        Assert.That(queries.Distinct().Count(), Is.LessThan(queries.Length / 10));
        for (var i = 0; i < options.Count; i++)
        {
            var profiles = queries[i].Recorded!.Flags.Contains("-pg");
            Assert.That(options[i].Enabled.Contains("ipa-ra"), Is.EqualTo(!profiles), tree.Units[i].Object);
        }

        TestContext.Out.WriteLine($"{queries.Length} objects, {queries.Distinct().Count()} queries, {options.Distinct().Count()} answers:");
        foreach (var group in options.GroupBy(o => o).OrderByDescending(g => g.Count()))
        {
            TestContext.Out.WriteLine($"{group.Count(),6} {group.Key.Deciding}: {group.Key.Enabled.Length} of {group.Key.Existing.Length}");
        }

        Assert.That(
            expander.Recommend(queries, IpaPasses.ForbiddenBy(PassPolicies.InlineClone), "inline-clone", CancellationToken.None),
            Is.EqualTo(new RecommendedFlags("-flive-patching=inline-clone", true)));
    }
}
