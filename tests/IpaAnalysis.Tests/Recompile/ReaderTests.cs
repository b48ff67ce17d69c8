using IpaAnalysis.Graph;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>Units that read a function's definition can rely on it without a trace in dump, call graph or symbols.</summary>
internal sealed class ReaderTests
{
    // Pure, and too large to be inlined: a call whose result is unused leaves nothing.
    private const string Valid = """
        static int valid(const unsigned char *p, int n)
        {
            int s = 0;
            for (int i = 0; i < n; i++) { s = s * 31 + p[i]; if (s % 7 == p[i] % 5) s ^= n; if (s > 100000) s -= p[i] * n; s = s * 3 + i; }
            return s & 1;
        }

        """;

    private const string User = "#include \"v.h\"\nextern int out(int);\nint user_b(const unsigned char *p, int n) { return valid(p, n) ? out(n) : out(valid(p, n + 1)); }\n";

    private const string Quiet = "#include \"v.h\"\nextern int out(int);\nint user_a(const unsigned char *p, int n) { if (valid(p, n) == 0) ; return out(n); }\n";

    [Test]
    public void Call_that_was_dropped_in_another_unit()
    {
        using var tree = new RecompiledTree().Write("v.h", Valid).Write("a.c", Quiet).Write("b.c", User).Compile("a.c").Compile("b.c");
        var result = tree.Analyze("valid");
        Assert.That(Causes(result), Is.Empty);
        Assert.That(Affected(result), Has.Member("a.o:user_a"));
    }

    [Test]
    public void Header_that_a_unit_reads_and_cannot_reach_the_function_from()
    {
        using var tree = new RecompiledTree().Write("v.h", Valid).Write("a.c", "#include \"v.h\"\nint other(int a) { return a * 3; }\n").Write("b.c", User)
            .Compile("a.c").Compile("b.c");
        var result = tree.Analyze("valid");
        Assert.That(Causes(result), Is.Empty);
        Assert.That(Objects(result), Is.EqualTo(new[] { "b.o" }));
    }

    [Test]
    public void Reached_by_way_of_another_function()
    {
        const string Chain = "#include \"v.h\"\nextern int out(int);\nstatic int g(const unsigned char *p) { return valid(p, 3) + 1; }\nint user_a(const unsigned char *p, int n) { g(p); return out(n); }\n";
        using var tree = new RecompiledTree().Write("v.h", Valid).Write("a.c", Chain).Write("b.c", User).Compile("a.c").Compile("b.c");
        Assert.That(Affected(tree.Analyze("valid")), Has.Member("a.o:user_a"));
    }

    [TestCase("__asm__(\".globl again\\n.set again, valid\");\nint other(int a) { return a; }\n", TestName = "Named_in_assembly")]
    [TestCase("int (*const table[])(const unsigned char *, int) = { valid };\n", TestName = "Named_in_an_initialiser")]
    public void Mentioned_elsewhere(string text)
    {
        using var tree = new RecompiledTree().Write("v.h", Valid.Replace("static int", "static __attribute__((used)) int", StringComparison.Ordinal))
            .Write("a.c", "#include \"v.h\"\n" + text).Write("b.c", User).Compile("a.c").Compile("b.c");
        Assert.That(Objects(tree.Analyze("valid")), Is.EqualTo(new[] { "a.o", "b.o" }));
    }

    [Test]
    public void Nothing_recorded_what_a_unit_reads()
    {
        using var tree = new RecompiledTree().Write("v.h", Valid).Write("a.c", Quiet).Write("b.c", User).Compile("a.c", records: false).Compile("b.c", records: false);
        var result = tree.Analyze("valid");
        Assert.That(Causes(result), Is.Empty);
        Assert.That(Affected(result), Has.Member("a.o:user_a"));
    }

    [Test]
    public void Header_by_a_link()
    {
        using var tree = new RecompiledTree().Write("inc/v.h", Valid).Write("a.c", Quiet.Replace("v.h", "linked/v.h", StringComparison.Ordinal)).Write("b.c", User.Replace("v.h", "inc/v.h", StringComparison.Ordinal));
        Directory.CreateSymbolicLink(tree.Tree["linked"], tree.Tree["inc"]);
        tree.Compile("a.c").Compile("b.c");
        var result = tree.Analyze("valid");
        Assert.That(Affected(result).Concat(Causes(result)), Has.Some.Contains("a.o"));
    }

    [Test]
    public void Unit_that_cannot_be_looked_at_is_named()
    {
        using var tree = new RecompiledTree().Write("v.h", Valid).Write("a.c", Quiet).Write("b.c", User).Compile("a.c", records: false).Compile("b.c");
        tree.Units[0] = tree.Units[0] with { Command = null, Options = null };
        Assert.That(Causes(tree.Analyze("valid")), Has.Some.StartsWith("a.o:"));
    }

    [Test]
    public void Unit_without_a_dump_is_asked()
    {
        using var tree = new RecompiledTree().Write("v.h", Valid).Write("a.c", Quiet).Write("b.c", User).Compile("a.c").Compile("b.c");
        tree.Units[0] = tree.Units[0] with { DumpPath = null, CallGraphPath = null };
        var result = tree.Analyze("valid");
        Assert.That(Causes(result), Is.Empty);
        Assert.That(Affected(result), Has.Member("a.o:user_a"));
    }

    [Test]
    public void Function_without_any_code()
    {
        using var tree = new RecompiledTree()
            .Write("a.c", "extern int out(int);\nstatic __attribute__((noinline)) int dbg(int x) { return x * 2; }\nint user(int x) { dbg(x); return out(x); }\n")
            .Compile("a.c");
        var result = tree.Analyze("dbg");
        Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Has.None.EqualTo("IPA4001"));
        Assert.That(Causes(result), Is.Empty);
        Assert.That(Affected(result), Is.EqualTo(new[] { "a.o:user" }));
        var function = ((DependencyGraph)result.Names).SourceFunctions[result.PatchedFunctions[0].Function];
        Assert.That((function.Name, function.File, function.Line), Is.EqualTo(("dbg", "a.c", 2)));
    }

    [Test]
    public void Name_that_no_source_defines()
    {
        using var tree = new RecompiledTree().Write("a.c", "extern int out(int);\nint user(int x) { return out(x); }\n").Compile("a.c");
        Assert.That(tree.Analyze("missing").Findings.Select(f => f.Diagnostic.Code), Has.Some.EqualTo("IPA4001"));
        Assert.That(tree.Analyze("out").Findings.Select(f => f.Diagnostic.Code), Has.Some.EqualTo("IPA4001"));
    }

    private static string[] Causes(AnalysisResult result) => [.. result.Exact.SelectMany(e => e.InexactBecause).Select(c => $"{c.Object}: {c.Cause}")];

    private static string[] Affected(AnalysisResult result) =>
        [.. result.PatchedFunctions.SelectMany(p => p.Affected).Select(a => Words(result, a.Vertex)).Order(StringComparer.Ordinal)];

    private static string[] Objects(AnalysisResult result) =>
        [.. result.PatchedFunctions.SelectMany(p => p.Instances).Select(v => Words(result, v).Split(':')[0]).Distinct().Order(StringComparer.Ordinal)];

    private static string Words(AnalysisResult result, int vertex)
    {
        var graph = (DependencyGraph)result.Names;
        return $"{graph.Units[graph.UnitOf(vertex)].Object}:{graph.SymbolOf(vertex)}";
    }
}
