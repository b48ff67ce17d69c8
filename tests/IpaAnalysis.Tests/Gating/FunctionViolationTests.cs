using IpaAnalysis.Collection.Units;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Tests.Gating;

/// <summary>What dumps of real compilers show of single functions.</summary>
internal sealed class FunctionViolationTests
{
    private const string Copies = """
        #include "pair.h"
        int external(int);
        static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
        int use_scaled(int v) { return scaled(v, 12) + scaled(v + 1, 12); }
        static __attribute__((noinline)) int first_of(struct pair *p) { return external(p->first); }
        int use_first_of(struct pair *p) { return first_of(p) + first_of(p + 1); }
        static int guarded(int v)
        {
            if (v < 0) return 0;
            for (int i = 0; i < v; i++) v += external(i) * external(v) + external(v + i) - external(i * v);
            return v;
        }
        int use_guarded(int v) { return guarded(v); }
        int use_guarded_too(int v) { return guarded(v + 1) * guarded(v - 5); }
        int use_header(struct pair *p) { return sum_of(p) * 2; }
        #pragma omp declare simd
        int lane(int v) { return v * 3 + 1; }
        """;

    private const string Header = """
        struct pair { int first, second, unused[6]; };

        static inline int
          sum_of(struct pair *p) { return p->first + p->second; }
        """;

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("aarch64-linux-gnu-gcc")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Each_kind_of_copy_is_found_alone_at_the_place_of_its_declaration(string compiler)
    {
        using var units = Compile(compiler);
        var found = new Dictionary<string, string>
        {
            ["constprop"] = "copies.c:3:38 scaled",
            ["isra"] = "copies.c:5:38 first_of",
            ["part"] = "copies.c:7:12 guarded",
            ["inline"] = "copies.c:7:12 guarded, pair.h:4:3 sum_of",
            ["simdclone"] = compiler.StartsWith("s390x", StringComparison.Ordinal) ? "" : "copies.c:17:5 lane",
            ["unknown"] = "",
            ["strub"] = "",
        };
        using (Assert.EnterMultipleScope())
        {
            foreach (var (kind, expected) in found)
            {
                var result = units.Judge(GateBench.Policy("none", kind));
                Assert.That(string.Join(", ", result.Violations.Select(v => $"{v.SourceFile}:{v.Line}:{v.Column} {v.Function}")), Is.EqualTo(expected), kind);
                Assert.That(result.Verdict, Is.EqualTo(expected.Length > 0 ? GateVerdict.Failed : GateVerdict.Passed), kind);
                Assert.That(result.Violations.Select(v => (v.Descriptor.Code, v.Pass, v.Object)), Is.All.EqualTo(("IPA5001", kind, "copies.o")));
                Assert.That(result.Violations.Select(v => v.SourcePath), Is.All.Matches<string>(File.Exists), "what is reported can be opened");
                Assert.That(result.Diagnostics.Select(d => (d.File, d.Line, d.Column)), Is.EqualTo(result.Violations.Select(v => (v.SourcePath, v.Line, v.Column))));
            }
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void The_evidence_is_the_dumps_first_such_line(string compiler)
    {
        using var units = Compile(compiler);
        var dump = units.Units[0].DumpPath!;
        var lines = File.ReadAllLines(dump);
        var result = units.Judge(GateBench.Policy("none", "constprop", "isra", "part", "inline", "simdclone"));
        Assert.That(result.Violations, Has.Length.EqualTo(6));
        using (Assert.EnterMultipleScope())
        {
            foreach (var violation in result.Violations)
            {
                var (number, line) = Evidence(violation);
                var fields = lines[number - 1].Split(';');
                var same = lines.Where(l => l.StartsWith($"Callgraph clone;{violation.Function};", StringComparison.Ordinal) && l.EndsWith(";" + fields[^1], StringComparison.Ordinal)).ToArray();
                var more = same.Distinct().Count() - 1;
                Assert.That(line, Is.EqualTo($"{fields[1]} -> {fields[6]} {fields[11]}{(more > 0 ? $" (and {more} more)" : "")}"));
                Assert.That(fields[1], Is.EqualTo(violation.Function));
                Assert.That(Array.IndexOf(lines, same[0]), Is.EqualTo(number - 1), "no such line is before it");
                Assert.That(violation.Evidence, Does.StartWith(Path.GetFileName(dump) + ":"));
            }
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void Recursive_inlining_is_no_copy_into_another_function(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("sum", """
            struct node { struct node *left, *right; int value; };
            int sum(struct node *n) { return n ? sum(n->left) + sum(n->right) + n->value : 0; }
            """);
        var dump = File.ReadAllText(units.Units[0].DumpPath!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dump, Does.Contain(";(null)\n").And.Contain(";inlining to\n"));
            Assert.That(units.Judge(GateBench.Policy("none", "inline", "unknown")).Rows(), Is.Empty);
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void A_copy_for_another_processor_is_of_a_kind_that_no_list_holds(string compiler)
    {
        using var units = new CompiledUnits(compiler, "-msse2").Add("clones", """
            int external(int);
            __attribute__((target_clones("avx2", "default"))) int fast(int v) { return external(v) * 5; }
            int use_fast(int v) { return fast(v) + 1; }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Judge(GateBench.Policy("none", "unknown")).Violations.Select(v => (v.Function, v.Line)), Is.EqualTo([("fast", 2)]));
            Assert.That(units.Judge(GateBench.Policy("none", "unknown")).Violations[0].Evidence, Does.Match(@"clones\.c\.000i\.ipa-clones:\d+: fast -> fast\.avx2(\.0)? avx2$"));
            Assert.That(units.Judge(GateBench.Policy("none", "target_clones")).Violations.Select(v => v.Evidence), Has.All.StartsWith("symbol table: fast -> fast.default"));
            Assert.That(units.Judge(GateBench.Policy("inline-only-static")).Violations.Select(v => v.Pass), Has.None.EqualTo("unknown"));
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Only_static_functions_may_be_inlined_by_the_strict_policy(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("linkage", """
            int external(int);
            int global(int v) { return external(v) + 1; }
            __attribute__((always_inline)) inline int forced(int v) { return external(v) * 3; }
            extern inline __attribute__((gnu_inline)) int elsewhere(int v) { return external(v) - 5; }
            static inline int local(int v) { return external(v) + 7; }
            static __attribute__((always_inline)) inline int local_forced(int v) { return external(v) + 9; }
            extern int forced(int v);
            int user(int v) { return global(v) + forced(v) + elsewhere(v) + local(v) + local_forced(v); }
            """).Recorded(compiler, "-O2", "-flive-patching=inline-clone");
        var strict = units.Judge(GateBench.Policy("inline-only-static"));
        var unread = units.With(u => u with { ObjectPath = null }).Judge(GateBench.Policy("inline-only-static"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                strict.Rows().Where(r => r.StartsWith("IPA5004", StringComparison.Ordinal)),
                Is.EqualTo(["IPA5004 inline linkage.o forced", "IPA5004 inline linkage.o global"]),
                "the body of elsewhere is in this unit alone");
            Assert.That(strict.Violations.Where(v => v.Descriptor.Code == "IPA5004").Select(v => (v.SourceFile, v.Line)), Is.EqualTo([("linkage.c", 3), ("linkage.c", 2)]));
            Assert.That(units.Judge(GateBench.Policy("inline-clone")).Violations.Select(v => v.Descriptor.Code), Has.None.EqualTo("IPA5004"));
            Assert.That(unread.Rows().Where(r => r.StartsWith("IPA5005", StringComparison.Ordinal)), Is.Not.Empty, "without a symbol table linkage is unknown");
        }
    }

    [Test]
    public void Where_all_inlining_is_forbidden_the_strict_policy_says_nothing_more()
    {
        using var units = Compile("gcc");
        var rows = units.Judge(GateBench.Policy("inline-only-static", "inline")).Rows();
        Assert.That(rows, Has.None.StartsWith("IPA5004"));
        Assert.That(rows, Has.Member("IPA5001 inline copies.o guarded"));
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Folding_is_found_in_the_compilers_record_only(string compiler)
    {
        const string Source = """
            int external(int);
            static __attribute__((noinline)) int kept(int v) { return external(v) + 1000; }
            static __attribute__((noinline)) int same(int v) { return external(v) + 1000; }
            int use(int v) { return kept(v) + same(v) * 3; }
            static int my_init(void) { return external(5) + 17; }
            int init_module(void) __attribute__((alias("my_init")));
            """;
        using var units = new CompiledUnits(compiler).Add("fold", Source);
        var record = units.Units[0].FoldingRecordPath!;
        var violations = units.Judge(GateBench.Policy("none", "ipa-icf-functions")).Violations;
        var unrecorded = units.With(u => u with { FoldingRecordPath = null }).Recorded(compiler, "-O2", "-fno-ipa-icf")
            .Judge(GateBench.Policy("none", "ipa-icf"));
        Assert.That(violations.Select(GateBench.Row), Has.Exactly(1).Matches("^IPA5003 ipa-icf-functions fold.o (kept|same)$").And.Exactly(1).Items);
        var (number, line) = Evidence(violations[0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(line, Is.EqualTo("kept -> same").Or.EqualTo("same -> kept"));
            Assert.That(line, Does.StartWith(violations[0].Function!));
            Assert.That(File.ReadAllLines(record)[number - 1], Does.Contain("kept").And.Contain("same"));
            Assert.That(violations[0].SourceFile, Is.EqualTo("fold.c"));
            Assert.That(violations[0].Line, Is.EqualTo(2), "where the compiler reports it: nothing tells where same was");
            Assert.That(unrecorded.Rows(), Is.Empty, "kept and same have one address, and so have my_init and init_module");
        }
    }

    [Test]
    public void A_clone_that_is_copied_again_is_named_by_its_function()
    {
        using var units = new CompiledUnits("gcc").Add("both", """
            struct pair { int first, second, unused[6]; };
            int external(int);
            static __attribute__((noinline)) int both(struct pair *p, int s) { return external(p->second) * s + external(s); }
            int use_both(struct pair *p) { return both(p, 5) + both(p + 1, 5); }
            """);
        var result = units.Judge(GateBench.Policy("none", "constprop", "isra"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rows(), Is.EqualTo(["IPA5001 constprop both.o both", "IPA5001 isra both.o both"]));
            Assert.That(result.Violations[1].Evidence, Does.Contain("both.constprop.0 -> both.constprop.0.isra.0 isra"));
        }
    }

    [Test]
    public void Only_one_of_the_passes_that_make_a_kind_of_clone_may_be_forbidden()
    {
        using var units = Compile("gcc");
        units.Recorded("gcc", "-O2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Judge(GateBench.Policy("none", "ipa-cp-clone")).Rows(), Is.Empty, "it is off at -O2");
            Assert.That(units.Judge(GateBench.Policy("none", "ipa-cp")).Rows(), Is.EqualTo(["IPA5001 ipa-cp copies.o scaled"]));
            Assert.That(units.Judge(GateBench.Policy("inline-only-static", "ipa-cp-clone")).Rows(), Has.Member("IPA5001 ipa-cp copies.o scaled"));
            Assert.That(
                units.Recorded("gcc", "-O3").Judge(GateBench.Policy("inline-only-static", "ipa-cp-clone")).Rows(),
                Has.Member("IPA5001 ipa-cp-clone copies.o scaled").And.No.Member("IPA5001 ipa-cp copies.o scaled"));
        }
    }

    [Test]
    public void Without_a_dump_the_options_tell_whether_a_kind_of_copy_was_made()
    {
        using var units = Compile("gcc");
        units.With(u => u with { DumpPath = null, ObjectPath = null });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Recorded("gcc", "-O2").Judge(GateBench.Policy("none", "isra")).Rows(), Is.EqualTo(["IPA5002 isra copies.o"]));
            Assert.That(units.Recorded("gcc", "-O1").Judge(GateBench.Policy("none", "isra")).Rows(), Is.Empty);
        }
    }

    [Test]
    public void A_path_that_cannot_be_opened_is_no_location()
    {
        using var units = Compile("gcc");
        units.With(u => u with { WorkingDirectory = null, Paths = new SourcePathMap([]) });
        var result = units.Judge(GateBench.Policy("none", "isra"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Violations.Select(v => (v.SourceFile, v.Line)), Is.EqualTo([("copies.c", 5)]));
            Assert.That(result.Diagnostics.Select(d => (d.File, d.Line, d.Column)), Is.EqualTo([((string?)null, 0, 0)]));
        }
    }

    private static CompiledUnits Compile(string compiler) => new CompiledUnits(compiler, "-fopenmp-simd").Write("pair.h", Header).Add("copies", Copies);

    /// <summary>Splits <c>FILE:LINE: TEXT</c>.</summary>
    private static (int Line, string Text) Evidence(Violation violation)
    {
        var parts = violation.Evidence.Split(':', 3);
        return (int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2][1..]);
    }
}
