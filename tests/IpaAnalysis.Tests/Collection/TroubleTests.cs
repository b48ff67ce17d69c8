using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Collection;

/// <summary>Trees that are old, broken, empty or ill-meant.</summary>
internal sealed class TroubleTests
{
    private const string Dump = ".c.000i.ipa-clones";

    [Test]
    public void A_directory_that_is_not_there_is_an_error()
    {
        using var files = new TemporaryTree();
        Assert.That(files.Collect("none").Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([(DiagnosticCatalog.DirectoryNotFound, files["none"])]));
    }

    [TestCase("x.txt")]
    [TestCase("a.c|a.o|d/x.ko")]
    [TestCase(".git/a.o|.git/a.c.000i.ipa-clones")]
    public void A_directory_without_units_is_reported(string names)
    {
        using var files = new TemporaryTree();
        files.Touch(names.Split('|'));
        var tree = files.Collect();
        Assert.That(tree.Units, Is.Empty);
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.NothingCollected]));
    }

    [Test]
    public void Dumps_without_object_are_told_apart()
    {
        using var files = new TemporaryTree();
        files.Touch("a.o", $"a{Dump}", $"failed{Dump}", $"a-prog{Dump}", "named.ipa-clones", "a.c.001i.ipa-clones");
        Assert.That(files.Collect().NotUnits.WithoutObject, Is.EqualTo(1), "linked at once");
        files.Write($"renamed{Dump}", "Callgraph removal;f;1;f.c;1;1\n");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.DumpPath), Is.EqualTo([files[$"a{Dump}"]]));
        Assert.That(tree.Diagnostics.Select(d => $"{d.Descriptor.Title}: {Path.GetFileName(d.File)}"), Is.EquivalentTo([
            $"{DiagnosticCatalog.FailedCompile.Title}: failed{Dump}",
            $"{DiagnosticCatalog.FailedCompile.Title}: named.ipa-clones",
            $"{DiagnosticCatalog.UnclaimedDump.Title}: renamed{Dump}",
            $"{DiagnosticCatalog.UnclaimedDump.Title}: a.c.001i.ipa-clones"]));
    }

    [Test]
    public void What_checks_of_build_systems_leave_is_no_failure([Values("gcc", "gcc-11")] string compiler, [Values] bool hasCallGraph)
    {
        var gcc = Tools.Require(compiler);
        using var files = new TemporaryTree();
        files.Write("kept.c", "int kept(void) { return 1; }\n");
        files.Write("conftest.c", "int main(void) { return 0; }\n");
        files.Write("meson-private/sanitycheckc.c", "int main(void) { return 0; }\n");
        files.Write("prog.c", "int main(void) { return 0; }\n");
        files.Write("bad.c", "int main(void) { return }\n");
        string[] options = hasCallGraph ? ["-O2", "-fdump-ipa-clones", "-fcallgraph-info"] : ["-O2", "-fdump-ipa-clones"];
        files.Run("", gcc, [.. options, "-c", "kept.c"]);
        files.Run("", gcc, [.. options, "conftest.c"]);
        files.Run("", gcc, [.. options, "conftest.c", "-o", "sanity.exe"]);
        files.Run("meson-private", gcc, [.. options, "sanitycheckc.c", "-o", "sanitycheckc.exe"]);
        files.Run("", gcc, [.. options, "prog.c", "-o", "prog"]);
        files.Run("", gcc, [.. options, "-c", "conftest.c"]);
        foreach (var name in (string[])["conftest.c", "conftest.o", "a.out", "sanity.exe", "meson-private/sanitycheckc.c"])
        {
            File.Delete(files[name]);
        }

        Assert.That(files.Collect().Diagnostics, Is.Empty);
        files.Run("", Tools.Require("sh"), ["-c", $"'{gcc}' {string.Join(' ', options)} -c bad.c || true"]);
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, Path.GetFileName(d.File))), Is.EqualTo([(DiagnosticCatalog.FailedCompile, $"bad{Dump}")]));
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["kept.o"]));
        Assert.That(tree.NotUnits.WithoutObject, Is.EqualTo(5));
    }

    [Test]
    public void A_compile_that_succeeded_and_whose_object_is_gone_is_told_without_calling_it_failed()
    {
        using var files = new TemporaryTree();
        files.Write("kept.c", "int kept(void) { return 1; }\n");
        files.Write("gone.c", "int gone(void) { return 2; }\n");
        files.Run("", Tools.Require("gcc"), ["-O2", "-fdump-ipa-clones", "-fcallgraph-info", "-c", "kept.c", "gone.c"]);
        File.Delete(files["gone.o"]);
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, Path.GetFileName(d.File))), Is.EqualTo([(DiagnosticCatalog.UnclaimedDump, $"gone{Dump}")]));
        Assert.That(tree.NotUnits.WithoutObject, Is.Zero);
    }

    [Test]
    public void A_dump_of_code_that_was_linked_at_once_says_so()
    {
        using var files = new TemporaryTree();
        files.Touch("a.o", $"a{Dump}");
        files.Write($"prog-main{Dump}", "Callgraph clone;f;1;main.c;1;1;<-;f.part.0;2;main.c;1;1;part\n");
        var told = files.Collect().Diagnostics.Single();
        Assert.That(told.Descriptor, Is.EqualTo(DiagnosticCatalog.UnclaimedDump));
        Assert.That(told.Message, Does.Contain("compiled and linked in one command"));
    }

    [Test]
    public void Age_is_judged_between_source_and_object_only()
    {
        using var files = new TemporaryTree();
        var now = DateTime.UtcNow;
        foreach (var (name, source, o, dump) in ((string, int, int, int)[])[("new", 10, 0, 0), ("old", 0, 10, 0), ("same", 0, 0, 10), ("gone", 0, 0, 0), ("elsewhere", 0, 0, 0)])
        {
            File.SetLastWriteTimeUtc(files.Write($"src/{name}.c"), now.AddSeconds(source));
            File.SetLastWriteTimeUtc(files.Write($"out/{name}.o"), now.AddSeconds(o));
            File.SetLastWriteTimeUtc(files.Write($"out/{name}{Dump}"), now.AddSeconds(dump));
            files.Write($"out/.{name}.o.cmd", $"cmd_{name}.o := gcc -D__KERNEL__ -fdump-ipa-clones -c -o {name}.o '{files[name == "elsewhere" ? "nowhere/x.c" : $"src/{name}.c"]}'\n");
        }

        File.Delete(files["src/gone.c"]);
        var tree = files.Collect("out", new TreeOptions { Directory = "", SourceDirectory = files["src"] });
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([(DiagnosticCatalog.StaleUnit, files["out/gone.o"]), (DiagnosticCatalog.StaleUnit, files["src/new.c"])]));
        Assert.That(files.Collect("out").Diagnostics, Is.Empty, "where the sources are is unknown");
        Assert.That(files.Collect("out", new TreeOptions { Directory = "", SourceDirectory = files["none"] }).Diagnostics, Is.Empty, "there are no sources");
    }

    [Test]
    public void Without_a_record_the_call_graph_tells_the_source()
    {
        using var files = new TemporaryTree();
        var past = DateTime.UtcNow.AddMinutes(-1);
        foreach (var (o, title) in ((string, string)[])[("d/main", "main.c"), ("main", "main.c"), ("d/sub", "d/sub.c"), ("gone", "gone.c"), ("abs", files["src/abs.c"]), ("std", "<stdin>")])
        {
            File.SetLastWriteTimeUtc(files.Write($"out/{o}.o"), past);
            files.Touch($"out/{o}{Dump}");
            files.Write($"out/{o}.ci", $"graph: {{ title: \"{title}\"\n}}\n");
        }

        files.Touch("src/main.c", "src/d/main.c", "src/d/sub.c", "src/abs.c");
        var tree = files.Collect("out", new TreeOptions { Directory = "", SourceDirectory = files["src"] });
        Assert.That(tree.Units.Select(u => (u.Object, u.WorkingDirectory, u.SourcePath)), Is.EqualTo([
            ("abs.o", null, files["src/abs.c"]),
            ("d/main.o", files["src/d"], files["src/d/main.c"]),
            ("d/sub.o", files["src"], files["src/d/sub.c"]),
            ("gone.o", (string?)null, (string?)null),
            ("main.o", files["src"], files["src/main.c"]),
            ("std.o", null, null)]));
        Assert.That(tree.Diagnostics.Select(d => d.File), Is.EqualTo([files["src/abs.c"], files["src/d/main.c"], files["src/d/sub.c"], files["out/gone.o"], files["src/main.c"]]));
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.All.EqualTo(DiagnosticCatalog.StaleUnit));
    }

    [Test]
    public void A_linked_directory_is_entered_once_and_only_if_it_leads_out()
    {
        using var files = new TemporaryTree();
        files.Touch("tree/d/a.o", $"tree/d/a{Dump}", "other/b.o", $"other/b{Dump}", "src/c.o", $"src/c{Dump}");
        Directory.CreateSymbolicLink(files["tree/around"], "..");
        Directory.CreateSymbolicLink(files["tree/self"], ".");
        Directory.CreateSymbolicLink(files["tree/again"], "d");
        Directory.CreateSymbolicLink(files["tree/z"], "../other");
        Directory.CreateSymbolicLink(files["tree/common"], "../other");
        Directory.CreateSymbolicLink(files["other/back"], "../tree");
        Directory.CreateSymbolicLink(files["tree/source"], "../src");
        Directory.CreateSymbolicLink(files["tree/broken"], "nowhere");
        Directory.CreateSymbolicLink(files["entry"], "tree");
        var tree = files.Collect("entry");
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["common/b.o", "d/a.o"]));
        Assert.That(tree.Diagnostics, Is.Empty);
    }

    [TestCase("a;b%3B")]
    [TestCase("$(X) @(Y)")]
    [TestCase("nl\nx")]
    [TestCase("q\"'`\\")]
    [TestCase("ü日\U0001F600")]
    [TestCase(" ")]
    [TestCase("-o")]
    [TestCase("*?[a]")]
    public void Any_name_arrives_as_it_is(string name)
    {
        using var files = new TemporaryTree();
        files.Touch($"{name}/{name}.o", $"{name}/{name}{Dump}", $"{name}/{name}.ci");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath, u.CallGraphPath)), Is.EqualTo([($"{name}/{name}.o", files[$"{name}/{name}{Dump}"], files[$"{name}/{name}.ci"])]));
    }

    [Test]
    public void Names_that_are_no_utf8_are_reported()
    {
        using var files = new TemporaryTree();
        files.Touch("a.o", $"a{Dump}", "\uFFFD.o", $"\uFFFD{Dump}");
        byte[] bad = [0xFF];
        foreach (var suffix in (string[])["x.o", "x.c.000i.ipa-clones", ".o", ".txt"])
        {
            Create(files, bad, suffix, isDirectory: false);
        }

        Create(files, [0xFE], "dir", isDirectory: true);
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["a.o", "\uFFFD.o"]));
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EquivalentTo([
            (DiagnosticCatalog.TreeUnreadable, files["\uFFFDx.o"]),
            (DiagnosticCatalog.TreeUnreadable, files["\uFFFDx.c.000i.ipa-clones"]),
            (DiagnosticCatalog.TreeUnreadable, files["\uFFFD.o"]),
            (DiagnosticCatalog.TreeUnreadable, files["\uFFFDdir"])]));
        RunRm(files);
    }

    [Test]
    public void No_message_holds_an_absolute_path()
    {
        using var files = new TemporaryTree();
        files.Record("a.o", "/src/a.c", "-fdump-ipa-clones -flto");
        files.Record("b.o", "/src/b.c");
        files.Record("c.o", "b.c");
        files.Touch("a.o", "b.o", "c.o", $"left{Dump}", "p.wpa.000i.ipa-clones", "bad.o");
        files.Write(".bad.o.cmd", "bad");
        files.Write("compile_commands.json", "[ 1 ]");
        files.Write($"other{Dump}", "x");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => d.Code).Distinct().Count(), Is.GreaterThan(5));
        Assert.That(tree.Diagnostics.Where(d => d.Message.Contains(files.Path, StringComparison.Ordinal) || d.Message.Contains("/src", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void What_is_no_file_in_the_place_of_compile_commands_is_told(bool isDirectory)
    {
        using var files = new TemporaryTree();
        files.Touch("a.o", $"a.c{Dump}");
        var database = files["compile_commands.json"];
        _ = isDirectory ? Directory.CreateDirectory(database) : File.CreateSymbolicLink(database, "gone");
        Assert.That(files.Collect().Diagnostics.Where(d => d.File == database).Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.FileUnreadable]));
    }

    [Test]
    public void Collecting_can_be_cancelled()
    {
        using var files = new TemporaryTree();
        Assert.That(
            () => TreeCollector.Collect(new TreeOptions { Directory = files.Path }, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>.NET cannot write such names, so the shell does.</summary>
    private static void Create(TemporaryTree files, ReadOnlySpan<byte> prefix, string suffix, bool isDirectory)
    {
        var octal = string.Concat(prefix.ToArray().Select(b => $"\\{Convert.ToString(b, 8)}"));
        files.Run("", Tools.Require("sh"), "-c", $"{(isDirectory ? "mkdir" : "touch")} \"$(printf '{octal}'){suffix}\"");
    }

    private static void RunRm(TemporaryTree files) => files.Run("", Tools.Require("sh"), "-c", "rm -rf ./*");
}
