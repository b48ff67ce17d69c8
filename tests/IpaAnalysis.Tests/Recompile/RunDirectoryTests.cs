using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>Runs that share a directory leave each other's alone, and remove what no run uses.</summary>
internal sealed class RunDirectoryTests
{
    [Test]
    public void What_is_locked_stays_and_what_nobody_holds_goes()
    {
        using var tree = new TemporaryTree();

        // As of another container, or of an older version: a process number that is in no /proc here.
        tree.Write("recompile/4194305-1/0/left.s");
        tree.Write("recompile/other/0/used.s");
        using var other = OtherProcess.Locking(tree["recompile/other"]);
        using (var run = new RunDirectory(tree["recompile"]))
        {
            Directory.CreateDirectory(run.ForUnit(0));
            using (var second = new RunDirectory(tree["recompile"]))
            {
                Assert.That(second.ForUnit(0), Is.Not.EqualTo(run.ForUnit(0)));
            }

            using (Assert.EnterMultipleScope())
            {
                Assert.That(Directory.Exists(run.ForUnit(0)));
                Assert.That(File.Exists(tree["recompile/other/0/used.s"]));
                Assert.That(Directory.Exists(tree["recompile/4194305-1"]), Is.False);
            }
        }

        Assert.That(Directory.GetFileSystemEntries(tree["recompile"]), Is.EqualTo([tree["recompile/other"]]));
        other.Kill();
        new RunDirectory(tree["recompile"]).Dispose();
        Assert.That(Directory.Exists(tree["recompile"]), Is.False);
    }

    [Test]
    public void Many_that_begin_and_end_at_once_have_a_directory_each()
    {
        using var tree = new TemporaryTree();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            using var run = new RunDirectory(tree["recompile"]);
            Directory.CreateDirectory(run.ForUnit(i));
            File.WriteAllText(Path.Combine(run.ForUnit(i), "a"), "");
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(run.ForUnit(i))!, "*", SearchOption.AllDirectories), Has.Length.EqualTo(1));
        });
        Assert.That(Directory.Exists(tree["recompile"]), Is.False);
    }
}
