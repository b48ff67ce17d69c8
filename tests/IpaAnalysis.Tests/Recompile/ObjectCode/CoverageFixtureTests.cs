namespace IpaAnalysis.Tests.Recompile.ObjectCode;

/// <summary>The records of <c>-fprofile-arcs</c> and <c>-fcondition-coverage</c> as compilers write them that no one distribution has.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CoverageFixtureTests
{
    [Test]
    public void Only_other_code_is_a_difference([Range(13, 16)] int version, [Values] bool isReversed)
    {
        var (one, other, changed) = (Read(version, "one.o"), Read(version, "the-other.o"), Read(version, "changed.o"));
        Assert.That(one, Is.Not.EqualTo(other), "the records do tell the two compiles apart");
        Assert.That(isReversed ? ComparedObjects.Difference(other, one) : ComparedObjects.Difference(one, other), Is.Null);
        Assert.That(isReversed ? ComparedObjects.Difference(changed, one) : ComparedObjects.Difference(one, changed), Does.Contain("scaled"));
    }

    private static byte[] Read(int version, string name) =>
        File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "Coverage", $"gcc-{version}", name));
}
