using IpaAnalysis.Faults.Mutations;

namespace IpaAnalysis.Tests.Mutations;

/// <summary>A share of what <see cref="MutatedUnits"/> tries.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class MutationTests
{
    [Test]
    public void No_damage_is_taken_for_what_the_compiler_wrote([Values(1, 2)] int seed)
    {
        var counts = new MutatedUnits(seed).Run(4_000);
        TestContext.Out.WriteLine($"{counts.Reported} told, {counts.Same} without effect, {counts.WellFormed} well-formed");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts.Failures, Is.Empty);
            Assert.That(counts.Reported, Is.GreaterThan(1500));
            Assert.That(counts.Same, Is.GreaterThan(300));
            Assert.That(counts.WellFormed, Is.LessThan(800));
        }
    }
}
