using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Collection;

/// <summary>Units whose headers changed since they were compiled, or were shadowed.</summary>
internal sealed class DependencyTests
{
    private const string Dump = ".c.000i.ipa-clones";
    private static readonly DateTime s_made = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static TemporaryTree Tree()
    {
        var files = new TemporaryTree("ipa-dependencies-");
        files.Touch("src/a.c", "src/b.c", "src/i2/h.h", "src/i2/sub/only.h", "src/i1/other.h");
        foreach (var name in (string[])["a", "b"])
        {
            files.Write($"out/.{name}.o.cmd", $"savedcmd_{name}.o := gcc -D__KERNEL__ -I{files["src/i1"]} -I {files["src/i2"]} -fdump-ipa-clones -c -o {name}.o {files[$"src/{name}.c"]}\n\nsource_{name}.o := {files[$"src/{name}.c"]}\n\ndeps_{name}.o := \\\n  {files["src/i2/h.h"]} \\\n    $(wildcard include/config/X) \\\n{(name == "a" ? $"  {files["src/i2/sub/only.h"]} \\\n" : "")}\n");
            files.Touch($"out/{name}.o", $"out/{name}{Dump}");
        }

        foreach (var file in Directory.EnumerateFiles(files.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            File.SetLastWriteTimeUtc(file, s_made);
        }

        return files;
    }

    private static (string Code, string File)[] Judge(TemporaryTree files) =>
        [.. files.Collect("out", Options(files)).Diagnostics.Select(d => (d.Code, Path.GetRelativePath(files.Path, d.File!)))];

    private static TreeOptions Options(TemporaryTree files) => new() { Directory = "", SourceDirectory = files["src"] };

    [Test]
    public void A_header_newer_than_its_objects_makes_them_stale()
    {
        using var files = Tree();
        Assert.That(Judge(files), Is.Empty);
        File.SetLastWriteTimeUtc(files["src/i2/sub/only.h"], s_made.AddSeconds(1));
        Assert.That(Judge(files), Is.EqualTo([("IPA2013", "src/i2/sub/only.h")]));
        File.SetLastWriteTimeUtc(files["src/i2/h.h"], s_made.AddSeconds(1));
        Assert.That(Judge(files), Is.EqualTo([("IPA2013", "src/i2/h.h"), ("IPA2013", "src/i2/h.h")]));
        Assert.That(files.Collect("out").Diagnostics, Is.Empty, "where the sources are is unknown");
    }

    [Test]
    public void A_header_that_is_gone_makes_its_objects_stale()
    {
        using var files = Tree();
        File.Delete(files["src/i2/sub/only.h"]);
        Assert.That(Judge(files), Is.EqualTo([("IPA2013", "src/i2/sub/only.h")]));
        Directory.Delete(files["src/i2/sub"]);
        Assert.That(Judge(files), Is.Empty, "the sources are elsewhere");
    }

    [TestCase("src/i1/h.h", 2)]
    [TestCase("src/h.h", 2)]
    [TestCase("src/i1/sub/only.h", 1)]
    public void A_header_that_would_be_read_instead_is_told(string header, int units)
    {
        using var files = Tree();
        File.SetLastWriteTimeUtc(files.Write(header), s_made.AddSeconds(-1));
        Assert.That(Judge(files), Is.Empty, "it was there when the object was compiled, and not read");
        File.SetLastWriteTimeUtc(files[header], s_made.AddSeconds(1));
        Assert.That(Judge(files), Is.EqualTo(Enumerable.Repeat(("IPA2018", header), units)));
        Assert.That(DiagnosticCatalog.ShadowedHeader.MeansIncomplete && DiagnosticCatalog.StaleUnit.MeansIncomplete);
    }

    [TestCase("out/a.d")]
    [TestCase("out/a.o.d")]
    [TestCase("out/.deps/a.Po")]
    public void What_the_compiler_listed_counts_too(string list)
    {
        Tools.Require("gcc");
        using var files = new TemporaryTree("ipa-dependencies-");
        files.Write("src/h.h", "static inline int h(int x) { return x + 1; }\n");
        files.Write("src/a.c", "#include \"h.h\"\nint a(int x) { return h(x); }\n");
        Directory.CreateDirectory(Path.GetDirectoryName(files[list])!);
        files.Run("out", "gcc", "-O2", "-fdump-ipa-clones", "-fcallgraph-info", "-MD", "-MF", files[list], "-c", "../src/a.c", "-o", "a.o");
        Assert.That(Judge(files), Is.Empty);
        File.SetLastWriteTimeUtc(files["src/h.h"], DateTime.UtcNow.AddMinutes(1));
        Assert.That(Judge(files), Is.EqualTo([("IPA2013", "src/h.h")]));
    }

    [Test]
    public void A_changed_header_is_seen_by_the_memory()
    {
        using var files = Tree();
        using var state = new TemporaryTree();
        var options = Options(files) with { Directory = files["out"] };
        Thread.Sleep(100);
        var memory = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        var tree = TreeCollector.Collect(options, memory, CancellationToken.None);
        memory.Write(state["m.state"], tree.Units, []);
        var again = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        Assert.That((again.HasSameUnits, again.FirstChange), Is.EqualTo((true, ((string, string)?)null)));
        File.SetLastWriteTimeUtc(files["src/i2/sub/only.h"], s_made.AddSeconds(1));
        again = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        Assert.That(again.HasSameUnits, Is.False);
        Assert.That(TreeCollector.Collect(options, again, CancellationToken.None).Diagnostics.Single().File, Is.EqualTo(files["src/i2/sub/only.h"]));
        again = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        File.WriteAllText(files["src/i1/h.h"], "");
        again = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        Assert.That(TreeCollector.Collect(options, again, CancellationToken.None).Diagnostics.Select(d => d.Code), Does.Contain("IPA2018"));
    }
}
