using IpaAnalysis.Faults;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Tests.Faults;

/// <summary>A seeded share of the programs that build/faults.sh runs in full: what only a tree says runs, writes and holds up nothing.</summary>
internal sealed class FaultShareTests
{
    // The whole share takes a minute.
    [TestCase("options", 500)]
    [TestCase("sources", 24)]
    [TestCase("environment", 24)]
    [TestCase("files", 25)]
    [TestCase("dying", 200)]
    public void A_share_of_the_cases_finds_nothing(string program, int share)
    {
        Tools.Require("gcc");
        Run(program, settings => FaultRunner.Select(FaultRegistry.All.Single(p => p.Name == program), settings), new FaultSettings { Share = share, IsShort = true });
    }

    [Test]
    public void A_compiler_that_waits_for_a_fifo_is_ended()
    {
        Tools.Require("gcc");
        Run("sources", settings => [.. FaultRegistry.All.Single(p => p.Name == "sources").Cases(settings).Where(c => c.Name == "gcc fifo behind #include")], new FaultSettings());
    }

    [Test]
    public void Every_program_has_cases_with_names_of_their_own([ValueSource(nameof(Programs))] string program)
    {
        var cases = FaultRegistry.All.Single(p => p.Name == program).Cases(new FaultSettings()).Select(c => c.Name).ToList();
        Assert.That(cases, Is.Not.Empty.And.Unique);
    }

    private static IEnumerable<string> Programs() => FaultRegistry.All.Select(p => p.Name);

    private static void Run(string name, Func<FaultSettings, IReadOnlyList<FaultCase>> select, FaultSettings settings)
    {
        var directory = Directory.CreateTempSubdirectory("ipa-faults-").FullName;
        try
        {
            // Some cases run as another user.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }

            var cases = select(settings);
            Assert.That(cases, Is.Not.Empty);
            var result = FaultRunner.Run(FaultRegistry.All.Single(p => p.Name == name), cases, directory, _ => { });
            Assert.That(result.Failures.Select(f => $"{f.Name}: {f.Failure}"), Is.Empty);
            Assert.That(result.Checks, Has.Count.GreaterThanOrEqualTo(cases.Count));
        }
        finally
        {
            Site.Remove(directory);
        }
    }
}
