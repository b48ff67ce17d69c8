using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Tests.Building.Sources;

[TestFixture]
internal sealed class IncrementalCompileTests
{
    private static Sandbox Project()
    {
        Tools.Require("gcc");
        var sandbox = new Sandbox();
        sandbox.Write("inc/x h.h", "static inline int h(int x) { int unused; return x + 1; }\n");
        sandbox.Write("a.c", "#include \"inc/x h.h\"\nint a(int x) { return h(x); }\n");
        sandbox.Write("b.c", "#include \"inc/x h.h\"\nint b(int x) { return h(x) * 2; }\n");
        sandbox.Write("c.c", "int c(int x) { return x; }\n");
        return sandbox;
    }

    private static string StatePath(Sandbox sandbox) => sandbox.PathOf("obj/ipa/" + SourceCompiler.StateFileName);

    [Test]
    public void A_build_without_changes_compiles_and_writes_nothing_and_warns_again()
    {
        using var sandbox = Project();
        var first = sandbox.Compile("a.c", "b.c", "c.c");
        var before = sandbox.Snapshot();
        var second = sandbox.Compile("a.c", "b.c", "c.c");
        Assert.That(second.CompiledCount, Is.Zero);
        Assert.That(second.Reasons, Is.Empty);
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));
        Assert.That(first.Diagnostics, Has.Count.EqualTo(2));
        Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics));
        Assert.That(second.OutputFiles, Is.EqualTo(first.OutputFiles));
        Assert.That(second.Sources.Select(static s => s.ToString()), Is.EqualTo(first.Sources.Select(static s => s.ToString())));
        Assert.That(first.Reasons, Is.EqualTo(new[] { "a.o: no record of an earlier compile", "b.o: no record of an earlier compile", "c.o: no record of an earlier compile" }));
    }

    [Test]
    public void A_touched_header_compiles_nothing()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c", "b.c", "c.c");
        File.SetLastWriteTimeUtc(sandbox.PathOf("inc/x h.h"), DateTime.UtcNow.AddSeconds(-5));
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Reasons, Is.Empty);
        var before = sandbox.Snapshot();
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Reasons, Is.Empty);
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));
    }

    [Test]
    public void A_changed_header_compiles_its_users()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c", "b.c", "c.c");
        var old = File.GetLastWriteTimeUtc(sandbox.PathOf("obj/ipa/c.o"));

        // The same size.
        sandbox.Write("inc/x h.h", "static inline int h(int x) { int unused; return x + 2; }\n");
        var result = sandbox.Compile("a.c", "b.c", "c.c");
        Assert.That(result.Reasons, Is.EqualTo(new[] { "a.o: header inc/x h.h changed", "b.o: header inc/x h.h changed" }));
        Assert.That(File.GetLastWriteTimeUtc(sandbox.PathOf("obj/ipa/c.o")), Is.EqualTo(old));
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Reasons, Is.Empty);
    }

    [Test]
    public void Each_other_change_compiles_what_it_concerns_and_says_why()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c", "b.c", "c.c");
        sandbox.Write("c.c", "int c(int x) { return x + 1; }\n");
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Reasons, Is.EqualTo(new[] { "c.o: source changed" }));
        File.Delete(sandbox.PathOf("obj/ipa/a.o"));
        File.Delete(sandbox.PathOf("obj/ipa/b.c.000i.ipa-clones"));
        File.AppendAllText(sandbox.PathOf("obj/ipa/c.ci"), "x");
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Reasons, Is.EqualTo(new[] { "a.o: object missing", "b.o: b.c.000i.ipa-clones missing", "c.o: c.ci changed" }));
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Reasons, Is.Empty);

        var options = sandbox.Options("gcc", new("a.c"), new("b.c", "-DX"), new("c.c"));
        Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Reasons, Is.EqualTo(new[] { "b.o: flags changed" }));
        Assert.That(
            SourceCompiler.Compile(options with { Environment = new Dictionary<string, string>(Sandbox.Environment) { ["CPATH"] = sandbox.PathOf("inc") } }, CancellationToken.None).Reasons,
            Has.Count.EqualTo(3).And.All.EndsWith("flags changed"));
        Assert.That(
            SourceCompiler.Compile(options with { Compiler = Tools.Require("gcc-11") }, CancellationToken.None).Reasons,
            Has.Count.EqualTo(3).And.All.EndsWith("compiler changed"));
    }

    [Test]
    public void Another_compiler_leaves_no_folding_record_of_the_first()
    {
        using var sandbox = Project();
        var first = SourceCompiler.Compile(sandbox.Options(Tools.Require("gcc"), new SourceToCompile("a.c")), CancellationToken.None);
        var second = SourceCompiler.Compile(sandbox.Options(Tools.Require("gcc-11"), new SourceToCompile("a.c")), CancellationToken.None);
        Assert.That(first.Sources[0].FoldingRecordPath, Is.Not.Null);
        Assert.That(second.Sources[0].FoldingRecordPath, Is.Not.Null);
        Assert.That(Directory.GetFiles(sandbox.PathOf("obj/ipa"), "*.icf"), Is.EqualTo(new[] { second.Sources[0].FoldingRecordPath }));
        Assert.That(second.Orphans, Is.Empty);
    }

    [Test]
    public void A_source_whose_dump_something_else_took_is_compiled_until_it_is_there()
    {
        // As another build does that compiles in the same directory.
        const string Thief = "gcc \"$@\" || exit 1\n[ ! -e thief ] || rm -f obj/ipa/b.c.000i.ipa-clones\n";
        using var sandbox = Project();
        var options = sandbox.Options(sandbox.Script("cc", Thief), new("a.c"), new("b.c"), new("c.c"));
        sandbox.Write("thief", "");
        var first = SourceCompiler.Compile(options, CancellationToken.None);
        Assert.That(first.Sources.Where(static s => s.DumpPath is null).Select(static s => s.Object), Is.EqualTo(new[] { "b.o" }));
        for (var round = 0; round < 2; round++)
        {
            Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Reasons, Is.EqualTo(new[] { "b.o: the last compile left no clone dump" }));
            File.Delete(sandbox.PathOf("thief"));
        }

        var last = SourceCompiler.Compile(options, CancellationToken.None);
        Assert.That(last.Reasons, Is.Empty);
        Assert.That(last.Sources.Select(static s => s.DumpPath), Has.None.Null);
    }

    [Test]
    public void A_failed_compile_leaves_nothing_and_is_tried_again()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c", "b.c", "c.c");
        sandbox.Write("b.c", "int b(int x) { return y; }\n");
        for (var round = 0; round < 2; round++)
        {
            var failed = sandbox.Compile("a.c", "b.c", "c.c");
            Assert.That(failed.CompiledCount, Is.EqualTo(1));
            Assert.That(failed.Diagnostics.Select(static d => d.Code), Does.Contain("IPA2001"));
            Assert.That(failed.Sources.Select(static s => s.Object), Is.EqualTo(new[] { "a.o", "c.o" }));
            Assert.That(Directory.GetFiles(sandbox.PathOf("obj/ipa"), "b.*"), Is.Empty);
        }

        sandbox.Write("b.c", "int b(int x) { return x; }\n");
        Assert.That(sandbox.Compile("a.c", "b.c", "c.c").Sources, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_header_that_is_gone_is_an_error_until_it_is_there_again()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c", "c.c");
        File.Move(sandbox.PathOf("inc/x h.h"), sandbox.PathOf("inc/y.h"));
        var result = sandbox.Compile("a.c", "c.c");
        Assert.That(result.Reasons, Is.EqualTo(new[] { "a.o: header inc/x h.h is gone" }));
        Assert.That(result.Diagnostics.Single().Message, Does.Contain("No such file"));
    }

    [Test]
    public void Files_of_a_source_no_longer_listed_are_orphans_once()
    {
        using var sandbox = Project();
        var first = sandbox.Compile("a.c", "b.c");
        var second = sandbox.Compile("a.c");
        Assert.That(second.CompiledCount, Is.Zero);
        Assert.That(second.Orphans, Is.EqualTo(first.OutputFiles.Except(second.OutputFiles)).And.Some.EndsWith("/b.o"));
        foreach (var orphan in second.Orphans)
        {
            File.Delete(orphan);
        }

        var before = sandbox.Snapshot();
        Assert.That(sandbox.Compile("a.c").Orphans, Is.Empty);
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));
        Assert.That(sandbox.Compile("a.c", "b.c").Reasons, Is.EqualTo(new[] { "b.o: no record of an earlier compile" }));
    }

    [Test]
    public void A_damaged_state_is_no_state()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c");
        var good = File.ReadAllBytes(StatePath(sandbox));
        var random = new Random(99);
        for (var offset = 0; offset < good.Length; offset++)
        {
            var bad = (byte[])good.Clone();
            bad[offset] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(StatePath(sandbox), bad);
            Assert.That(CompileState.Read(StatePath(sandbox)), Is.Empty, $"offset {offset}");
            File.WriteAllBytes(StatePath(sandbox), good[..offset]);
            Assert.That(CompileState.Read(StatePath(sandbox)), Is.Empty, $"cut at {offset}");
        }

        Assert.That(sandbox.Compile("a.c").Reasons, Is.EqualTo(new[] { "a.o: no record of an earlier compile" }));
        Assert.That(File.ReadAllBytes(StatePath(sandbox)), Is.Not.Empty);
        Assert.That(sandbox.Compile("a.c").Reasons, Is.Empty);
    }

    [Test]
    public void Foreign_payloads_with_a_right_checksum_are_no_state()
    {
        using var sandbox = new Sandbox();
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var payload = new byte[random.Next(200)];
            random.NextBytes(payload);
            StateFile.Write(sandbox.PathOf("s"), "IPACOMP", 1, writer => writer.Write(payload));
            Assert.That(() => CompileState.Read(sandbox.PathOf("s")), Throws.Nothing);
            StateFile.Write(sandbox.PathOf("k"), "IPAKMSG", 1, writer => writer.Write(payload));
            Assert.That(() => KbuildMessageState.Read(sandbox.PathOf("k")), Throws.Nothing);
        }
    }

    [Test]
    public void A_run_killed_before_the_state_was_written_compiles_again_what_it_had_compiled()
    {
        using var sandbox = Project();
        sandbox.Compile("a.c", "b.c", "c.c");
        var state = File.ReadAllBytes(StatePath(sandbox));
        sandbox.Write("inc/x h.h", "static inline int h(int x) { return x + 3; }\n");
        sandbox.Compile("a.c", "b.c", "c.c");

        // The objects are new, the state and the header are as before the killed run.
        File.WriteAllBytes(StatePath(sandbox), state);
        sandbox.Write("inc/x h.h", "static inline int h(int x) { int unused; return x + 1; }\n");
        File.WriteAllText(sandbox.PathOf("obj/ipa/a.o.rsp.tmp"), "half");
        var result = sandbox.Compile("a.c", "b.c", "c.c");
        Assert.That(result.Reasons.Select(static reason => reason[..3]), Is.EqualTo(new[] { "a.o", "b.o" }));
        Assert.That(result.Diagnostics, Has.Count.EqualTo(2));
        Assert.That(Directory.GetFiles(sandbox.PathOf("obj"), "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void A_cancelled_run_keeps_what_it_finished_and_leaves_no_half_object()
    {
        using var sandbox = Project();
        sandbox.Script("cc", "case $* in *slow.o.rsp*) echo half > obj/ipa/slow.o; echo > started; sleep 60;; esac\nexec gcc \"$@\"\n");
        sandbox.Write("slow.c", "int slow;\n");
        var options = sandbox.Options("./cc", new("a.c"), new("slow.c"), new("c.c")) with { Jobs = 1 };
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => SourceCompiler.Compile(options, cancellation.Token));
        Assert.That(() => File.Exists(sandbox.PathOf("started")), Is.True.After(20_000, 20));
        cancellation.Cancel();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(sandbox.PathOf("obj/ipa"), "slow.*"), Is.Empty);
        sandbox.Script("cc", "exec gcc \"$@\" # the same size of text ..............................................\n");
        File.Delete(sandbox.PathOf("started"));
        Assert.That(SourceCompiler.Compile(options with { Compiler = "./cc" }, CancellationToken.None).Sources, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_header_changed_while_it_was_compiled_is_compiled_again()
    {
        using var sandbox = Project();
        sandbox.Script("cc", "gcc \"$@\"; s=$?; case $* in *a.o.rsp*) if [ ! -f edited ]; then sleep 0.05; echo '/* new */' >> 'inc/x h.h'; touch edited; fi;; esac; exit $s\n");
        var options = sandbox.Options("./cc", new SourceToCompile("a.c"));
        SourceCompiler.Compile(options, CancellationToken.None);
        Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Reasons, Is.EqualTo(new[] { "a.o: header inc/x h.h changed" }));
        Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Reasons, Is.Empty);
    }
}
