using IpaAnalysis.Compilers.Options;

namespace IpaAnalysis.Tests.Compilers;

/// <summary>What is read from options without asking a compiler.</summary>
internal sealed class FlagFactsTests
{
    [TestCase("-O2", "-O2")]
    [TestCase("-O/tmp/out", "-O")]
    [TestCase("-Ono-/tmp/out", "-Ono-")]
    [TestCase("-fprofile-use=/tmp/out", "-fprofile-use")]
    [TestCase("-flto=/tmp/out", "-flto")]
    public void Paths_are_no_part_of_what_decides(string flag, string deciding) =>
        Assert.That(FlagFacts.Of([flag]).Deciding, Is.EqualTo(deciding));
}
