using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Building.Kbuild.UpToDate;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Building.Sources.Headers;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Tests.Recompile;
using IpaAnalysis.Tests.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Files;

/// <summary>What a state file with a right checksum says is believed only as far as it fits: nothing throws, nothing takes memory.</summary>
internal sealed class ForeignStateTests
{
    private const int Rounds = 1000;
    private const long MostAllocated = 32 << 20;

    private TemporaryTree _tree = null!;

    [SetUp]
    public void SetUp() => _tree = new TemporaryTree();

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [Test]
    public void Compiles()
    {
        CompileState.Write(_tree["s"], [.. Enumerable.Range(0, 6).Select(i => new CompileRecord
        {
            Object = $"a{i}.o",
            CommandHash = "c0",
            CompilerHash = "c1",
            Dependencies = [new DependencyStamp($"/src/a{i}.c", new FileState(new FileIdentity(1, 2, 3, 4, 5), Digest128.Of("h"u8))), new DependencyStamp("/src/a.h", new FileState(new FileIdentity(1, 2, 0, 0, 0)))],
            Lookups = [new HeaderLookup("/src/include/a.h", HeaderLookup.Absent), new HeaderLookup($"/src/{i}.h", HeaderLookup.There)],
            Outputs = [new OutputStamp($"a{i}.o", new FileIdentity(5, 6, 0, 0, 0))],
            Diagnostics = [Diagnostic(i)],
        })]);
        Assert.That(CompileState.Read(_tree["s"]), Has.Count.EqualTo(6));
        Try(_tree["s"], () => CompileState.Read(_tree["s"]));
    }

    [Test]
    public void Messages_of_kbuild()
    {
        KbuildMessageState.Write(_tree["s"], [.. Enumerable.Range(0, 5).Select(i => new KbuildMessageState.Entry($"/m/{i}.o", new FileIdentity(1, 2, 0, 0, 0), i % 2 == 0, [Diagnostic(i)]))]);
        Assert.That(KbuildMessageState.Read(_tree["s"]), Has.Count.EqualTo(5));
        Try(_tree["s"], () => KbuildMessageState.Read(_tree["s"]));
    }

    [Test]
    public void Records_of_kbuild()
    {
        var files = Enumerable.Range(0, 30).ToDictionary(
            i => $"/kernel/include/linux/file{i}.h", i => new FileState(new FileIdentity(i, 1, 2, 3, 4), i < 20 ? new Digest128((ulong)i, 7) : null));
        new KbuildRecord("key", "/kernel", files, new Dictionary<string, string> { ["gcc"] = "/usr/bin/gcc" }, [Diagnostic(1)]).Write(_tree["s"]);
        Assert.That(KbuildRecord.TryRead(_tree["s"])!.Files, Is.EqualTo(files));
        Try(_tree["s"], () => KbuildRecord.TryRead(_tree["s"]));
    }

    [Test]
    public void Answers_about_options()
    {
        var cache = new AnswerCache(_tree["s"], "search");
        for (var i = 0; i < 4; i++)
        {
            var question = new OptimizerQuestion(new CompilerIdentity("/usr/bin/gcc", "12.2.0", 12, "x86_64-linux-gnu", "gcc", 1, 2), ["-O2", $"-fno-{i}"], "/w");
            cache.Add(question, new OptimizerAnswer(["inline", "ipa-ra"], ["inline"], null));
        }

        cache.Save();
        Try(_tree["s"], () => new AnswerCache(_tree["s"], "search"));
    }

    [Test]
    public void Answers_about_functions()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", "__attribute__((noinline)) int f(int a) { return a * a; } int g(int a) { return f(a) + f(a); }\n");
        unit.Ask("f");
        Try(unit.Tree["exact.state"], () => new AnswerStore(unit.Tree["exact.state"]));
    }

    [Test]
    public void Memory_of_collecting()
    {
        var path = _tree["s"];
        var directory = Path.GetDirectoryName(_tree.Write("tree/a.o", "x"))!;
        _tree.Write("tree/a.ci", "graph: { title: \"a.c\"\n}\n");
        _tree.Write("tree/.a.o.cmd", "cmd_tree/a.o := gcc -O2 -fdump-ipa-clones -c -o tree/a.o tree/a.c\n");
        Look(CollectionMemory.Open(path, 1, forget: true, CancellationToken.None)).Write(path, [], [1, 2, 3]);
        Assert.That(CollectionMemory.Open(path, 1, forget: false, CancellationToken.None).Notes, Is.EqualTo(new byte[] { 1, 2, 3 }));
        Try(path, () =>
        {
            Look(CollectionMemory.Open(path, 1, forget: false, CancellationToken.None));
            UnitStamps.ReadKey(path);
            return UnitStamps.TryRead(path, 1);
        });

        CollectionMemory Look(CollectionMemory memory)
        {
            memory.Observer.NamesIn(directory);
            memory.Observer.CallGraphTitle(directory + "/a.ci");
            memory.Observer.KbuildCommand(directory + "/.a.o.cmd");
            memory.Observer.IsEmpty(directory + "/a.o");
            memory.Observer.AgeOf(directory + "/a.ci", directory + "/a.o");
            memory.Observer.FileExists(directory + "/a.o");
            memory.Observer.RealPath(directory);
            return memory;
        }
    }

    [Test]
    public void Index_of_summaries()
    {
        using var tree = Units();
        tree.Open().Dispose();
        Try(tree.IndexFile, () =>
        {
            var units = StoreIndex.Read(tree.IndexFile);
            foreach (var file in StoreUpdate.FilesOf(units))
            {
                file.Dispose();
            }

            return units;
        });
    }

    [Test]
    public void Store_of_summaries()
    {
        using var tree = Units();
        tree.Open().Dispose();
        Try(
            tree.IndexFile,
            () =>
            {
                using var store = tree.Open();
                for (var unit = 0; unit < store.Count; unit++)
                {
                    store.Load(unit);
                }

                return store;
            },
            Rounds / 20);
    }

    [Test]
    public void Summaries()
    {
        using var tree = Units();
        var random = new Random(1);
        var writer = new PackedWriter();
        foreach (var unit in tree.Units)
        {
            writer.Clear();
            SummaryCodec.Write(writer, SummaryReader.Read(unit));
            var sound = writer.Written.ToArray();
            for (var i = 0; i < Rounds; i++)
            {
                var bytes = ForeignState.Change(sound.ToArray(), random);
                MustBeModest(() =>
                {
                    try
                    {
                        // What is accepted can be worked with.
                        var summary = SummaryCodec.Read(bytes);
                        return DependencyGraph.Build([new GraphUnit("a.o", summary, path => path)]);
                    }
                    catch (FormatException)
                    {
                        return null;
                    }
                });
            }
        }
    }

    [Test]
    public void Index_of_a_program()
    {
        using var tree = Units();
        using var store = tree.Open();
        var source = new GraphSource(tree.Units, store);
        var path = Path.Combine(tree.StoreDirectory, "index.state");
        var options = new AnalysisOptions { NormalizePath = static p => p, IndexCacheFile = path };
        var rows = ProgramIndex.Make(source, options, new DiagnosticBag(), CancellationToken.None).Count;
        Assert.That(rows, Is.Positive);
        Try(path, () => ProgramIndex.Make(source, options, new DiagnosticBag(), CancellationToken.None), Rounds / 5);
    }

    [Test]
    public void An_index_of_a_program_that_is_none_is_made_again()
    {
        using var tree = Units();
        using var store = tree.Open();
        var source = new GraphSource(tree.Units, store);
        var path = Path.Combine(tree.StoreDirectory, "index.state");
        var options = new AnalysisOptions { NormalizePath = static p => p, IndexCacheFile = path };
        var rows = ProgramIndex.Make(source, options, new DiagnosticBag(), CancellationToken.None).ToArray();
        var sound = File.ReadAllBytes(path);

        // The file's last bytes are numbers of a row of the last unit.
        var foreign = sound.ToArray();
        foreign.AsSpan(sound.Length - 32 - 3, 3).Fill(0xFF);
        System.Security.Cryptography.SHA256.HashData(foreign.AsSpan(0, foreign.Length - 32), foreign.AsSpan(foreign.Length - 32));
        File.WriteAllBytes(path, foreign);
        Assert.That(ProgramIndex.Make(source, options, new DiagnosticBag(), CancellationToken.None), Is.EqualTo(rows));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(sound), "it is healed");
    }

    private static StoreTree Units()
    {
        var tree = new StoreTree();
        for (var i = 0; i < 4; i++)
        {
            tree.Add(RandomUnit.Of(i, $"u{i}.o"));
        }

        return tree;
    }

    private static Diagnostic Diagnostic(int line) => DiagnosticCatalog.FileUnreadable.At("/a/b.c", line, "A message.");

    private static void Try<T>(string path, Func<T> read, int rounds = Rounds)
    {
        var sound = File.ReadAllBytes(path);
        foreach (var (i, content) in ForeignState.Of(sound, 20260101, rounds).Index())
        {
            File.WriteAllBytes(path, content);
            MustBeModest(read, $"round {i}");
        }
    }

    private static void MustBeModest<T>(Func<T> read, string what = "")
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => read(), Throws.Nothing, what);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostAllocated), what);
    }
}
