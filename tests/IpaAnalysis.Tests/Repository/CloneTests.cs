using System.Diagnostics;
using IpaAnalysis.Benchmarks.Corpora;

namespace IpaAnalysis.Tests.Repository;

/// <summary>What keeps a clone usable after months, and after a run that was interrupted.</summary>
internal sealed class CloneTests
{
    [TestCase("exit 3", 3)]
    [TestCase("kill -TERM $$; sleep 5", 143)]
    [TestCase("kill -INT $$; sleep 5", 130)]
    [TestCase("false", 1)]
    public void A_script_leaves_nothing_in_the_temporary_directory(string end, int status)
    {
        using var tree = new TemporaryTree();
        Directory.CreateDirectory(tree["tmp"]);
        var script = $"set -euo pipefail\nsource '{RepositoryFile.PathOf("build/lib.sh")}'\nown_temporary_directory\nmkdir \"$TMPDIR/made\"\ntouch \"$TMPDIR/made/file\" \"$(mktemp)\"\n{end}\n";

        // What is ignored when a shell starts, as in the background of another, it cannot trap.
        var start = new ProcessStartInfo(Tools.Require("env"), ["--default-signal=INT", "bash", "-c", script]) { WorkingDirectory = tree.Path, RedirectStandardError = true };
        start.Environment["TMPDIR"] = tree["tmp"];
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.EqualTo(status), error);
        Assert.That(Directory.EnumerateFileSystemEntries(tree["tmp"]), Is.Empty);
    }

    [Test]
    public void The_tests_and_the_benchmark_use_a_temporary_directory_of_their_own([Values("test", "bench")] string script) =>
        Assert.That(File.ReadAllLines(RepositoryFile.PathOf($"build/{script}.sh")), Does.Contain("own_temporary_directory"));

    [Test]
    public void Trees_of_an_interrupted_run_are_made_again_and_those_of_a_finished_one_stay()
    {
        using var tree = new TemporaryTree();
        var first = UnfinishedRun.Begin(tree.Path, out var wasInterrupted);
        Assert.That(wasInterrupted, Is.False);
        tree.Touch("S" + UnfinishedRun.Stamp, "L" + UnfinishedRun.Stamp);
        first.End();
        UnfinishedRun.Begin(tree.Path, out wasInterrupted);
        Assert.That(wasInterrupted, Is.False);
        Assert.That(File.Exists(tree["S" + UnfinishedRun.Stamp]), Is.True);

        // That one does not end.
        UnfinishedRun.Begin(tree.Path, out wasInterrupted).End();
        Assert.That(wasInterrupted, Is.True);
        Assert.That(File.Exists(tree["S" + UnfinishedRun.Stamp]) || File.Exists(tree["L" + UnfinishedRun.Stamp]), Is.False);
    }
}
