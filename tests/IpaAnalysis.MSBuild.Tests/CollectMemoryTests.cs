using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Files;
using IpaAnalysis.MSBuild.Tests.Harness;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>What is remembered never makes another list than collecting anew does.</summary>
internal sealed class CollectMemoryTests
{
    private const string CleanUnits = "obj/clean/units.state";

    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TaskDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void After_any_edit_the_list_is_that_of_a_clean_collection(int seed)
    {
        var editor = new TreeEditor(_directory, seed);
        var history = new List<string>();
        for (var step = 0; step < 30; step++)
        {
            history.AddRange(Enumerable.Range(0, step == 0 ? 40 : editor.Next(4)).Select(_ => editor.Edit()));
            string Describe() => $"seed {seed}:\n{string.Join('\n', history.TakeLast(8))}";

            var (clean, cleanLog) = Collect(CleanUnits, forget: true);
            var (again, log) = Collect(TaskDirectory.Units);
            Assert.That(again, Is.EqualTo(clean), Describe);
            Assert.That(Coded(log), Is.EqualTo(Coded(cleanLog)), Describe);

            var before = _directory.Snapshot();
            var (_, repeated) = Collect(TaskDirectory.Units);
            Assert.That(_directory.Snapshot(), Is.EqualTo(before), Describe);
            Assert.That(Coded(repeated), Is.EqualTo(Coded(cleanLog)), Describe);
            Assert.That(Ask().Errors, Is.Empty, Describe);
        }
    }

    [Test]
    public void A_lost_or_damaged_memory_is_made_again()
    {
        var editor = new TreeEditor(_directory, 5);
        for (var i = 0; i < 30; i++)
        {
            editor.Edit();
        }

        var (list, _) = Collect(TaskDirectory.Units);
        var memory = _directory.At(Path.ChangeExtension(TaskDirectory.Units, ".memory.state"));
        var sound = File.ReadAllBytes(memory);
        for (var i = 0; i < sound.Length; i += Math.Max(1, sound.Length / 40))
        {
            var damaged = (byte[])sound.Clone();
            damaged[i] ^= 0x10;
            File.WriteAllBytes(memory, i % 3 == 0 ? damaged : damaged[..i]);
            Assert.That(Collect(TaskDirectory.Units).List, Is.EqualTo(list), $"byte {i}");
            Assert.That(File.ReadAllBytes(memory), Is.EqualTo(sound), $"byte {i}");
        }

        File.Delete(memory);
        Assert.That(Collect(TaskDirectory.Units).List, Is.EqualTo(list));
        Assert.That(File.ReadAllBytes(memory), Is.EqualTo(sound));
    }

    [Test]
    public void A_damaged_list_is_made_again()
    {
        OneUnit();
        var (list, _) = Collect(TaskDirectory.Units);
        File.WriteAllBytes(_directory.At(TaskDirectory.Units), list[..^1]);
        Assert.That(Collect(TaskDirectory.Units).List, Is.EqualTo(list));
        File.Delete(_directory.At(TaskDirectory.Units));
        Assert.That(Collect(TaskDirectory.Units).List, Is.EqualTo(list));
    }

    [Test]
    public void Every_reason_is_told_with_its_file()
    {
        OneUnit();
        Collect(TaskDirectory.Units);
        var dump = _directory.At("tree/a.c.000i.ipa-clones");
        File.SetLastWriteTimeUtc(dump, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(Messages(Collect(TaskDirectory.Units).Log), Has.Member($"{dump}: its time stamp changed"));

        var time = File.GetLastWriteTimeUtc(dump);
        File.Copy(dump, dump + "x");
        File.SetLastWriteTimeUtc(dump + "x", time);
        File.Move(dump + "x", dump, overwrite: true);
        Assert.That(Messages(Collect(TaskDirectory.Units).Log), Has.Member($"{dump}: it was replaced"));

        File.AppendAllText(dump, "\n");
        Assert.That(Messages(Collect(TaskDirectory.Units).Log), Has.Member($"{dump}: its size changed"));

        _directory.Write("tree/b.o", "");
        Assert.That(Messages(Collect(TaskDirectory.Units).Log), Has.Member($"{_directory.At("tree")}: its time stamp changed"));

        File.Delete(dump);
        Assert.That(Messages(Collect(TaskDirectory.Units).Log), Has.Member($"{dump}: it is gone"));
    }

    [Test]
    public void Many_reasons_are_counted()
    {
        for (var i = 0; i < 40; i++)
        {
            _directory.Write($"tree/u{i}.o", "");
            _directory.Write($"tree/u{i}.c.000i.ipa-clones", "");
        }

        Collect(TaskDirectory.Units);
        foreach (var file in Directory.GetFiles(_directory.At("tree")))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        }

        var messages = Messages(Collect(TaskDirectory.Units).Log);
        Assert.That(messages.Count(m => m.EndsWith("its time stamp changed", StringComparison.Ordinal)), Is.EqualTo(20));
        Assert.That(messages, Has.Member("60 more files were looked at again."));
    }

    [Test]
    public void A_question_is_answered_by_an_error_and_writes_nothing()
    {
        OneUnit();
        Collect(TaskDirectory.Units);
        Assert.That(Ask().Errors, Is.Empty);
        var dump = _directory.At("tree/a.c.000i.ipa-clones");
        File.SetLastWriteTimeUtc(dump, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        var before = _directory.Snapshot();

        // The units are the same; whether the dump says the same, the analysis finds out.
        var touched = Ask();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(touched.Errors, Is.Empty);
            Assert.That(Messages(touched), Has.Member($"{dump}: its time stamp changed"));
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
        }

        Collect(TaskDirectory.Units);
        _directory.Write("tree/other.txt", "matters to nobody");
        Assert.That(Ask().Errors, Is.Empty);

        // A listing that is another one is compared: one without a unit more is none.
        _directory.Write("tree/b.o", "");
        _directory.Write("tree/b.c.000i.ipa-clones", "");
        var error = Ask().Errors.Single();
        Assert.That((error.Code, error.File), Is.EqualTo(("IPA1023", _directory.At("tree"))));
        Directory.Delete(_directory.At("obj"), recursive: true);
        Assert.That(Ask().Errors.Single().Message, Does.Contain("nothing is remembered"));
        Assert.That(Directory.Exists(_directory.At("obj")), Is.False);
    }

    [Test]
    public void Full_hash_looks_anew_and_writes_nothing_when_all_is_the_same()
    {
        OneUnit();
        Collect(TaskDirectory.Units);
        var before = _directory.Snapshot();
        var task = Task(TaskDirectory.Units);
        task.FullHash = "true";
        _directory.MustRun(task);
        Assert.That(_directory.Snapshot(), Is.EqualTo(before));

        task = Task(TaskDirectory.Units);
        task.FullHash = "true";
        ((IIncrementalTask)task).FailIfNotIncremental = true;
        _directory.MustRun(task);

        task = Task(TaskDirectory.Units);
        task.FullHash = "perhaps";
        Assert.That(_directory.Run(task).Log.Errors.Single().Code, Is.EqualTo("IPA1005"));
    }

    [Test]
    public void The_key_changes_with_every_state_of_a_file_and_only_then()
    {
        OneUnit();
        var key = _directory.MustRun(Task(TaskDirectory.Units)).UnitsKey;
        Assert.That(key, Is.Not.Empty);
        Assert.That(_directory.MustRun(Task(TaskDirectory.Units)).UnitsKey, Is.EqualTo(key));
        _directory.Write("tree/other.txt", "matters to nobody");
        Assert.That(_directory.MustRun(Task(TaskDirectory.Units)).UnitsKey, Is.EqualTo(key));
        File.SetLastWriteTimeUtc(_directory.At("tree/a.o"), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(_directory.MustRun(Task(TaskDirectory.Units)).UnitsKey, Is.Not.EqualTo(key).And.Not.Empty);
    }

    [Test]
    public void A_tree_that_went_is_an_error_again()
    {
        OneUnit();
        Collect(TaskDirectory.Units);
        Directory.Delete(_directory.At("tree"), recursive: true);
        Assert.That(_directory.Run(Task(TaskDirectory.Units)).Log.Errors.Single().Code, Is.EqualTo("IPA1004"));
    }

    private void OneUnit()
    {
        _directory.Write("tree/a.o", "");
        _directory.Write("tree/a.c.000i.ipa-clones", "");
    }

    private (byte[] List, MockEngine Log) Collect(string units, bool forget = false)
    {
        if (forget && Directory.Exists(_directory.At(Path.GetDirectoryName(units)!)))
        {
            Directory.Delete(_directory.At(Path.GetDirectoryName(units)!), recursive: true);
        }

        var (succeeded, log) = _directory.Run(Task(units));
        Assert.That(succeeded, () => string.Join('\n', log.Errors.Select(e => e.Message)));
        return (File.ReadAllBytes(_directory.At(units)), log);
    }

    private MockEngine Ask()
    {
        var task = Task(TaskDirectory.Units);
        ((IIncrementalTask)task).FailIfNotIncremental = true;
        return _directory.Run(task).Log;
    }

    private static IpaCollectUnits Task(string units)
    {
        var tree = new TaskItem("tree");
        tree.SetMetadata("SourceDir", "src");
        var task = TaskDirectory.Collect(tree);
        task.OutputList = Path.Combine(Path.GetDirectoryName(units)!, "outputs.list");
        task.Jobs = 2;
        return task;
    }

    private static string[] Coded(MockEngine log) => [.. log.Warnings.Select(w => $"{w.Code} {w.File}({w.LineNumber}): {w.Message}")];

    private static string[] Messages(MockEngine log) => [.. log.Messages.Select(m => m.Message ?? "")];
}
