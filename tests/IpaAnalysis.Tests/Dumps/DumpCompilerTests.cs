using System.Diagnostics;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Dumps.Folding;

namespace IpaAnalysis.Tests.Dumps;

/// <summary>What installed compilers write is read whole.</summary>
[TestFixture("gcc")]
[TestFixture("gcc-11")]
[TestFixture("s390x-linux-gnu-gcc")]
[Parallelizable(ParallelScope.Self)]
internal sealed class DumpCompilerTests(string compiler)
{
    private string _compiler = "";
    private DirectoryInfo _directory = null!;

    [OneTimeSetUp]
    public void FindCompiler() => _compiler = Tools.Require(compiler);

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("ipa-dumps-");

    [TearDown]
    public void DeleteDirectory() => _directory.Delete(recursive: true);

    [Test]
    public void Every_kind_of_clone()
    {
        foreach (var file in new[] { "kinds.c", "kinds.h" })
        {
            File.Copy(Path.Combine(DumpFixtures.Directory, file), Path.Combine(_directory.FullName, file));
        }

        Compile("-c", "kinds.c", "-o", "kinds.o", "-fopenmp-simd", "-fdump-ipa-icf-optimized");
        var clones = Clones();
        var here = new Place("kinds.c", 54, 21);
        var large = DumpRows.Utf8("größe");

        Assert.That(Edges(clones), Is.SupersetOf(new[]
        {
            ("shared_step", "leaf", "inlining to"),
            ("leaf", "middle", "inlining to"),
            ("middle", "end_one", "inlining to"),
            ("scaled", "scaled.constprop.0", "constprop"),
            ("first_of", "first_of.isra.0", "isra"),
            ("both", "both.constprop.0", "constprop"),
            ("both.constprop.0", "both.constprop.0.isra.0", "isra"),
            ("checked", "checked.part.0", "part"),
            ("checked", "use_checked_one", "inlining to"),
            ("sum", "sum", "(null)"),
            (large, large + ".constprop.0", "constprop"),
        }));
        Assert.That(clones.Where(r => r.Original.Symbol.StartsWith("both", StringComparison.Ordinal)).Select(r => r.Original.Location), Is.All.EqualTo(here));
        Assert.That(clones.First(r => r.Original.Symbol == "shared_step").Original.Location, Is.EqualTo(new Place("kinds.h", 2, 19)));
        Assert.That(clones.Any(r => r.Copy is null), Is.True);

        var graph = Graph();
        Assert.That(graph[0].Name, Is.EqualTo("kinds.c"));
        var functions = graph.Where(r => r.Kind == CallGraphRecordKind.Function).ToDictionary(r => r.From, StringComparer.Ordinal);
        Assert.That(functions["other_name"].Name, Is.EqualTo("renamed"));
        Assert.That(functions["other_name"].Flag, Is.False);
        Assert.That(functions["both.constprop.0.isra.0"], Is.EqualTo(functions["both.constprop.0.isra.0"] with { Flag = true, Defined = true, Location = here }));
        Assert.That(functions["weak_one"].Flag, Is.True, "weak definitions are qualified too");
        Assert.That(functions["external"].Defined, Is.False);
        Assert.That(functions, Does.Not.ContainKey("__indirect_call"));
        var calls = graph.Where(r => r.Kind == CallGraphRecordKind.Call).Select(r => (r.From, r.To, r.Flag)).ToList();
        Assert.That(calls, Does.Contain(("other_name", "scaled.constprop.0", false)));
        Assert.That(calls, Does.Contain(("use_both", "both.constprop.0.isra.0", false)));
        Assert.That(calls, Does.Contain(("indirect", "", true)));

        if (!compiler.StartsWith("s390x", StringComparison.Ordinal) && RunsOnX64)
        {
            Assert.That(clones.Select(r => r.Reason), Does.Contain("simdclone").And.Contain("avx2"));
            Assert.That(functions["_ZGVbN4v_each"].Name, Is.EqualTo("each.simdclone.0"));
        }

        var diagnostics = new DiagnosticBag();
        var foldings = DumpRows.Foldings(File.ReadAllBytes(TheFile("*.icf")), diagnostics);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(foldings.Select(r => (r.Kept, r.Folded, r.Kind)), Is.EqualTo(new[]
        {
            ("twin_one", "twin_two", FoldingKind.Alias),
            ("same_one", "same_two", FoldingKind.Wrapper),
        }));
    }

    [Test]
    public void A_wrapper_is_recorded_as_a_copy_of_what_it_wraps()
    {
        Write("w.c", "int e(int); int a(int *p){return e(*p)+77;} int b(int *p){return e(*p)+77;}\n");
        Compile("-c", "w.c", "-o", "w.o");

        Assert.That(Edges(Clones()), Is.EqualTo(new[] { ("a", "b", "inlining to") }));
    }

    [Test]
    public void An_asm_label_loses_its_star()
    {
        Write("l.c", "int e(int); int f(int) __asm__(\"odd;na\\\"me x\"); int f(int a){return e(a)*3;} int g(int a){return f(a)+1;}\n");
        Compile("-S", "l.c", "-o", "l.s");

        Assert.That(Edges(Clones(areTold: true)), Is.EqualTo(new[] { ("odd;na\"me x", "g", "inlining to") }));
        Assert.That(Graph().Where(r => r.Name == "f").Select(r => r.From), Is.EqualTo(new[] { "odd;name x" }), "GCC leaves quotes out of titles");
    }

    [Test]
    public void A_source_name_may_hold_what_separates()
    {
        const string Name = "d;x y/a \"b;1;c:2:3.c";
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "d;x y"));
        Write(Name, "int e(int);\nstatic __attribute__((noinline)) int f(int a, int b){return e(a)*b;}\nint g(int a){return f(a,7)+f(a+1,7);}\nstatic int h(int a){return e(a);} int i(int a){return h(a);}\n");
        Compile("-c", Name, "-o", "o.o");

        var place = new Place(Name, 2, 38);
        var clones = Clones();
        Assert.That(clones.First(r => r.Reason == "constprop"), Is.EqualTo(new CloneRow(
            new NodeRow("f", clones.First(r => r.Reason == "constprop").Original.Order, place),
            new NodeRow("f.constprop.0", clones.First(r => r.Reason == "constprop").Copy!.Order, place),
            "constprop",
            clones.First(r => r.Reason == "constprop").Line)));
        Assert.That(clones.First(r => r.Reason == "inlining to").Copy!.Location, Is.EqualTo(new Place(Name, 4, 39)));

        var graph = Graph();
        Assert.That(graph[0].Name, Is.EqualTo(Name));
        Assert.That(graph.Single(r => r.Kind == CallGraphRecordKind.Function && r.From == "f.constprop.0").Location, Is.EqualTo(place));
    }

    [Test]
    public void A_line_directive_may_hold_a_newline()
    {
        Write("n.c", "int e(int);\n#line 9 \"nl\\nq.c\"\nstatic inline int f(int a){return e(a)*3;}\nint g(int a){return f(a)+f(a+1);}\n#line 4294967290 \"big.c\"\nint h(int a){return g(a);}\n");
        Compile("-c", "n.c", "-o", "n.o");

        var clones = Clones(areTold: true);
        Assert.That(clones[0].Original.Location, Is.EqualTo(new Place("nl\nq.c", 9, 19)));
        Assert.That(clones[0].Copy!.Location, Is.EqualTo(new Place("nl\nq.c", 10, 5)));
        Assert.That(clones.Last(r => r.Copy is not null).Copy!.Location, Is.EqualTo(new Place("big.c", -6, 5)), "GCC prints an unsigned line as %d");
        Assert.That(Graph(areTold: true).Single(r => r.Name == "g").Location, Is.EqualTo(new Place("nl\nq.c", 10, 5)));
    }

    [Test]
    public void A_call_graph_names_functions_without_decoration()
    {
        Write("p.h", "static __attribute__((noinline)) int f(int a){return __builtin_printf(\"%d\",a);}\n");
        Write("p.c", "#include \"p.h\"\nint g(int a){return f(a)+f(a+1);}\n");
        Compile("-c", "p.c", "-o", "p.o", "-fcallgraph-info");

        var graph = Graph();
        Assert.That(graph.Single(r => r.From == "f" && r.Kind == CallGraphRecordKind.Function), Is.EqualTo(
            new GraphRow(CallGraphRecordKind.Function, "f", "f", "", true, true, new Place("p.h", 1, 38), 2)));
        Assert.That(graph.Count(r => r.From == "g" && r.To == "f"), Is.EqualTo(2));
    }

    private static bool RunsOnX64 => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64;

    private static IEnumerable<(string, string, string)> Edges(IEnumerable<CloneRow> rows) =>
        rows.Where(r => r.Copy is not null).Select(r => (r.Original.Symbol, r.Copy!.Symbol, r.Reason));

    /// <summary>Reads the dump.</summary>
    /// <param name="areTold">Whether it holds a newline, or separators in what comes once: read, but told.</param>
    private List<CloneRow> Clones(bool areTold = false)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Clones(File.ReadAllBytes(TheFile("*.ipa-clones")), diagnostics);
        Assert.That(diagnostics, areTold ? Is.Not.Empty : Is.Empty);
        return rows;
    }

    private List<GraphRow> Graph(bool areTold = false)
    {
        var diagnostics = new DiagnosticBag();
        var rows = DumpRows.Graph(File.ReadAllBytes(TheFile("*.ci")), diagnostics);
        Assert.That(diagnostics, areTold ? Is.Not.Empty : Is.Empty);
        return rows;
    }

    private string TheFile(string pattern) => Directory.GetFiles(_directory.FullName, pattern).Single();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);

    private void Compile(params string[] arguments)
    {
        var decorated = arguments.Contains("-fcallgraph-info") ? "-w" : "-fcallgraph-info=su,da";
        var start = new ProcessStartInfo(_compiler, ["-O2", "-w", "-fdump-ipa-clones", decorated, .. arguments])
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, error);
    }
}
