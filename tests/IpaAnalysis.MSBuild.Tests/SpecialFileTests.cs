using System.Diagnostics;
using IpaAnalysis.Building.Kbuild.UpToDate;
using IpaAnalysis.Files;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Recompile;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Tests.Files;
using Microsoft.Build.Utilities;

using Thing = IpaAnalysis.Tests.Files.SpecialFiles.Thing;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>FIFOs, devices, sockets, directories, loops and endless files in the place of each file that is read: told, and nothing waits or takes memory.</summary>
internal sealed class SpecialFileTests
{
    private const string Source = "static int f(int x) { return x * 3 + 1; }\nint g(int x) { return f(x) + f(x + 1); }\n";
    private const long MostMemory = 50 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TaskDirectory();
        _directory.Write("src/a.c", Source);
        _directory.Write("src/b.c", Source.Replace("g(", "h(", StringComparison.Ordinal));
        _directory.Gcc("src/a.c", "tree/a.o");
        _directory.Gcc("src/b.c", "tree/b.o");
        _directory.Write("tree/.a.o.cmd", "cmd_tree/a.o := gcc -O2 -D__KERNEL__ -fdump-ipa-clones -fcallgraph-info -c -o tree/a.o src/a.c\n");
        _directory.Write(
            "tree/compile_commands.json",
            $$"""[{ "directory": "{{_directory.Root}}", "file": "src/b.c", "command": "gcc -O2 -fdump-ipa-clones -c src/b.c -o tree/b.o" }]""");
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void A_dump([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.All))] Thing thing) =>
        MustBeTold(thing, Path.GetRelativePath(_directory.Root, Directory.GetFiles(_directory.At("tree"), "a.c.*.ipa-clones").Single()), FileRole.CompilerRecord);

    [Test]
    public void A_call_graph([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.NoDirectories))] Thing thing) => MustBeTold(thing, "tree/a.ci", FileRole.CompilerRecord);

    [Test]
    public void An_object([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.NoDirectories))] Thing thing) => MustBeTold(thing, "tree/a.o", FileRole.Object);

    [TestCase("tree/a.ci")]
    [TestCase("tree/a.o")]
    public void A_directory_is_as_no_file(string file) => MustEnd(Thing.Directory, file, FileRole.Object);

    [Test]
    public void A_recorded_command([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.All))] Thing thing) => MustEnd(thing, "tree/.a.o.cmd", FileRole.KbuildRecord);

    [Test]
    public void A_database_of_commands([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.All))] Thing thing) =>
        MustEnd(thing, "tree/compile_commands.json", FileRole.CompileCommands);

    [Test]
    public void A_source_of_a_tree([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.NoFiles))] Thing thing) =>
        MustEnd(thing, "src/a.c", FileRole.Source, exact: "true");

    [Test]
    public void A_source_that_is_to_be_compiled([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.NoFiles))] Thing thing)
    {
        SpecialFiles.Put(thing, _directory.At("src/a.c"), FileRole.Source);
        var watch = Stopwatch.StartNew();
        var (succeeded, log) = _directory.Run(TaskDirectory.Compile("src/a.c"));
        Assert.That(watch.Elapsed, Is.LessThan(s_longest));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Coded, Has.None.Contains("IPA9"));
        Assert.That(log.Coded, Is.Not.Empty);
    }

    [Test]
    public void A_baseline([ValueSource(typeof(SpecialFiles), nameof(SpecialFiles.All))] Thing thing)
    {
        SpecialFiles.Put(thing, _directory.At("baseline.json"), FileRole.Baseline);
        var log = Run(baseline: "baseline.json").Log;
        Assert.That(log.Select(c => c[..7]), Does.Contain("IPA1019"));
        Assert.That(log, Has.None.Contains("IPA9"));
    }

    [TestCase(TaskDirectory.Units)]
    [TestCase("obj/ipa/units.memory.state")]
    [TestCase("obj/ipa/summaries.state")]
    [TestCase(TaskDirectory.Result)]
    [TestCase("obj/ipa/options.state")]
    [TestCase(TaskDirectory.Manifest)]
    [TestCase(TaskDirectory.Schema)]
    public void What_the_package_itself_wrote(string file)
    {
        var clean = Run();
        var manifest = File.ReadAllText(_directory.At(TaskDirectory.Manifest));
        foreach (var thing in SpecialFiles.NoFiles.Where(t => t != Thing.Directory))
        {
            SpecialFiles.Put(thing, _directory.At(file), FileRole.State);
            var again = Run();
            Assert.That(again.Log, Is.EqualTo(clean.Log), $"{thing}");
            Assert.That(File.ReadAllText(_directory.At(TaskDirectory.Manifest)), Is.EqualTo(manifest), $"{thing}");
            Assert.That(again.Allocated, Is.LessThan(clean.Allocated + MostMemory), $"{thing}");
        }
    }

    [Test]
    public void Foreign_content_of_every_state_file()
    {
        var clean = Run();
        foreach (var file in Directory.GetFiles(_directory.At("obj/ipa"), "*.state").Order(StringComparer.Ordinal))
        {
            foreach (var (i, content) in ForeignState.Of(File.ReadAllBytes(file), 7, 12).Index())
            {
                File.WriteAllBytes(file, content);
                var again = Run();
                Assert.That(again.Log, Has.None.Contains("IPA9"), $"{file} {i}");
                Assert.That(again.Allocated, Is.LessThan(clean.Allocated + MostMemory), $"{file} {i}");
            }
        }
    }

    [Test]
    public void Foreign_content_where_it_is_decoded()
    {
        Run();
        Must("units.state", path =>
        {
            try
            {
                CollectedUnits.Read(path, out _);
            }
            catch (FileNotFoundException)
            {
                // Collecting makes it anew.
            }
        });
        Must("result.state", path => StoredResult.TryReadGate(path));
        Must("result.state", path =>
        {
            var key = new byte[32];
            StoredResult.TryRead(path, key);
        });

        void Must(string name, Action<string> read)
        {
            var sound = File.ReadAllBytes(_directory.At("obj/ipa/" + name));
            var path = _directory.At(name);
            foreach (var (i, content) in ForeignState.Of(sound, 99, 3000).Index())
            {
                File.WriteAllBytes(path, content);
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.That(() => read(path), Throws.Nothing, $"{name} {i}");
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(32 << 20), $"{name} {i}");
            }
        }
    }

    /// <summary>The build ends, says with a code what is with the file, and the answer is not complete.</summary>
    private void MustBeTold(Thing thing, string file, FileRole role)
    {
        MustEnd(thing, file, role);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(_directory.At(TaskDirectory.Manifest)), Does.Contain("\"complete\": false"));
            Assert.That(Run(fullHash: true).Log.Select(c => c[..7]), Does.Contain("IPA3004").Or.Contain("IPA2010").Or.Contain("IPA2011").Or.Contain("IPA2016").Or.Contain("IPA4004"));
        }
    }

    private void MustEnd(Thing thing, string file, FileRole role, string exact = "")
    {
        var clean = Run(exact);
        SpecialFiles.Put(thing, _directory.At(file), role);
        var watch = Stopwatch.StartNew();
        var again = Run(exact);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(watch.Elapsed, Is.LessThan(s_longest));
            Assert.That(again.Log, Has.None.Contains("IPA9"));
            Assert.That(again.Allocated, Is.LessThan(clean.Allocated + MostMemory));
            Assert.That(_directory.Exists(TaskDirectory.Manifest));
        }
    }

    /// <summary>Collects and analyses as a build does.</summary>
    private (string[] Log, long Allocated) Run(string exact = "", string baseline = "", bool fullHash = false)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var collected = _directory.Run(TaskDirectory.Collect(new TaskItem("tree")));
        var task = TaskDirectory.Analyze(new TaskItem("f", new Dictionary<string, string> { ["AllMatches"] = "true" }));
        task.ExactImpact = exact;
        task.GateBaseline = baseline;
        task.FullHash = fullHash ? "true" : "";
        var analyzed = _directory.Run(task);
        return ([.. collected.Log.Coded, .. analyzed.Log.Coded], GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
