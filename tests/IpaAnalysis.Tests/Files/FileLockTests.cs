using System.Diagnostics;
using IpaAnalysis.Files.Locks;

namespace IpaAnalysis.Tests.Files;

/// <summary>Locks between processes: <c>flock(1)</c> is the other one.</summary>
internal sealed class FileLockTests
{
    private TemporaryTree _tree = null!;

    private string LockFile => _tree["obj/ipa/lock"];

    [SetUp]
    public void SetUp() => _tree = new TemporaryTree();

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [Test]
    public void Only_one_has_it_and_what_is_given_back_can_be_taken()
    {
        var first = FileLock.TryTake(LockFile, isShared: false);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Status, Is.EqualTo(LockStatus.Taken));
            Assert.That(FileLock.TryTake(LockFile, isShared: false).Status, Is.EqualTo(LockStatus.Busy));
            Assert.That(FileLock.TryTake(LockFile, isShared: true).Status, Is.EqualTo(LockStatus.Busy));
            Assert.That(FileLock.IsBusy(LockFile, isShared: false));
            Assert.That(LockOwner.Find(LockFile), Is.EqualTo(Environment.ProcessId).Or.Null, "in a container that shows no processes it is unknown");
        }

        first.Lock!.Dispose();
        using var second = FileLock.TryTake(LockFile, isShared: false).Lock;
        Assert.That(second, Is.Not.Null);
        Assert.That(new FileInfo(LockFile).Length, Is.Zero);
    }

    [Test]
    public void Those_who_only_read_share_it_and_make_no_file()
    {
        Assert.That(FileLock.TryTake(LockFile, isShared: true).Status, Is.EqualTo(LockStatus.Missing));
        Assert.That(Directory.Exists(_tree["obj"]), Is.False);
        _tree.Write("obj/ipa/lock");
        using var first = FileLock.TryTake(LockFile, isShared: true).Lock;
        using var second = FileLock.TryTake(LockFile, isShared: true).Lock;
        Assert.That((first, second), Is.Not.EqualTo(((FileLock?)null, (FileLock?)null)));
        Assert.That(second, Is.Not.Null);
        Assert.That(FileLock.TryTake(LockFile, isShared: false).Status, Is.EqualTo(LockStatus.Busy));
    }

    [Test]
    public void Another_process_keeps_it_until_it_ends_however_it_ends()
    {
        _tree.Write("obj/ipa/lock");
        using (var other = OtherProcess.Locking(LockFile))
        {
            Assert.That(FileLock.TryTake(LockFile, isShared: false).Status, Is.EqualTo(LockStatus.Busy));
            other.Kill();
        }

        using var taken = FileLock.TryTake(LockFile, isShared: false).Lock;
        Assert.That(taken, Is.Not.Null);
    }

    [Test]
    public void A_program_started_meanwhile_does_not_inherit_it()
    {
        using var taken = FileLock.TryTake(LockFile, isShared: false).Lock;
        using var directory = FileLock.TryTakeDirectory(_tree["obj"], isShared: false).Lock;
        using var child = Process.Start(new ProcessStartInfo(Tools.Require("sleep"), ["60"]))!;
        try
        {
            var open = Directory.EnumerateFileSystemEntries($"/proc/{child.Id}/fd").Select(f => new FileInfo(f).LinkTarget ?? "").ToArray();
            Assert.That(taken, Is.Not.Null);
            Assert.That(directory, Is.Not.Null);
            Assert.That(open, Has.None.Contains(_tree.Path));
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    [Test]
    public void A_file_that_its_holder_removed_locks_nothing()
    {
        var cleaning = FileLock.TryTake(LockFile, isShared: false).Lock!;
        File.Delete(LockFile);
        using (var next = FileLock.TryTake(LockFile, isShared: false).Lock)
        {
            Assert.That(next, Is.Not.Null, "it made another file");
            cleaning.Dispose();
            Assert.That(FileLock.TryTake(LockFile, isShared: false).Status, Is.EqualTo(LockStatus.Busy));
        }
    }

    [Test]
    public void Holders_that_remove_the_file_are_still_one_at_a_time()
    {
        var (inside, most, turns) = (0, 0, 0);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (var mine = 0; mine < 50;)
            {
                using var taken = FileLock.TryTake(LockFile, isShared: false).Lock;
                if (taken is null)
                {
                    Thread.Yield();
                    continue;
                }

                most = Math.Max(most, Interlocked.Increment(ref inside));
                mine++;
                turns++;
                File.Delete(LockFile);
                Interlocked.Decrement(ref inside);
            }
        });
        Assert.That((most, turns), Is.EqualTo((1, 400)));
    }

    [Test]
    public void A_directory_is_locked_and_nothing_is_written_in_it()
    {
        _tree.Write("module/Makefile");
        var before = Directory.GetLastWriteTimeUtc(_tree["module"]);
        using var taken = FileLock.TryTakeDirectory(_tree["module"], isShared: false).Lock;
        File.CreateSymbolicLink(_tree["link"], _tree["module"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.Not.Null);
            Assert.That(FileLock.TryTakeDirectory(_tree["link"], isShared: false).Status, Is.EqualTo(LockStatus.Busy));
            Assert.That(FileLock.TryTakeDirectory(_tree["module/Makefile"], isShared: false).Status, Is.EqualTo(LockStatus.Missing));
            Assert.That(FileLock.TryTakeDirectory(_tree["nowhere"], isShared: false).Status, Is.EqualTo(LockStatus.Missing));
            Assert.That(Directory.GetFileSystemEntries(_tree["module"]), Is.EqualTo([_tree["module/Makefile"]]));
            Assert.That(Directory.GetLastWriteTimeUtc(_tree["module"]), Is.EqualTo(before));
        }
    }

    [Test]
    public void Where_nothing_can_be_made_it_is_refused_with_the_reason()
    {
        var attempt = FileLock.TryTake("/proc/no-such-directory/lock", isShared: false);
        Assert.That(attempt.Status, Is.EqualTo(LockStatus.Refused));
        Assert.That(attempt.Reason, Is.Not.Empty);
        Assert.That(FileLock.TryTake(_tree["a\0b"], isShared: false).Status, Is.EqualTo(LockStatus.Refused));
    }

    [Test]
    [CancelAfter(20_000)]
    public void What_lies_there_instead_of_the_file_neither_hangs_nor_leads_elsewhere()
    {
        File.CreateSymbolicLink(_tree["link"], _tree["elsewhere"]);
        Process.Start(Tools.Require("mkfifo"), [_tree["fifo"]])!.WaitForExit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FileLock.TryTake(_tree["link"], isShared: false).Status, Is.EqualTo(LockStatus.Refused));
            Assert.That(File.Exists(_tree["elsewhere"]), Is.False);
            Assert.That(FileLock.TryTake(_tree.Path, isShared: false).Status, Is.EqualTo(LockStatus.Taken).Or.EqualTo(LockStatus.Refused));
            using var fifo = FileLock.TryTake(_tree["fifo"], isShared: false).Lock;
            Assert.That(fifo, Is.Not.Null);
        }
    }
}
