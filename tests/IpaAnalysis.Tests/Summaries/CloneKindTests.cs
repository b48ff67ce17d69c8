using IpaAnalysis.Summaries;

namespace IpaAnalysis.Tests.Summaries;

/// <summary>Every way of copying a body, as real compilers write it.</summary>
internal sealed class CloneKindTests
{
    private const string Source = """
        struct pair { int first, second, unused[6]; };
        int external(int); int log_it(const char *, ...);
        static int leaf(int v) { return external(v) + external(v + 3); }
        static int middle(int v) { return leaf(v) + leaf(v + 1); }
        int top(int v) { return middle(v) - 1; }
        int top_too(int v) { return middle(v) * 2; }
        static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
        int use_scaled(int v) { return scaled(v, 12) + scaled(v + 1, 12); }
        static __attribute__((noinline)) int first_of(struct pair *p) { return external(p->first); }
        int use_first_of(struct pair *p) { return first_of(p) + first_of(p + 1); }
        static __attribute__((noinline)) int both(struct pair *p, int s) { return external(p->second) * s + external(s); }
        int use_both(struct pair *p) { return both(p, 5) + both(p + 1, 5); }
        int only_calls(struct pair *p) { return use_both(p); }
        static int checked(int *v)
        {
            if (__builtin_expect(v != 0, 1))
                return *v;
            log_it("%s %d %d %d", "nothing here", external(1), external(2), external(3));
            log_it("%s %d %d %d", "still nothing", external(4), external(5), external(6));
            log_it("%s %d %d %d", "giving up", external(7), external(8), external(9));
            return -1;
        }
        int use_checked_one(int *v) { return checked(v) + 1; }
        int use_checked_two(int *v) { return checked(v) + checked(v + 1); }
        int use_checked_three(int *v) { return checked(v + 3) * 2; }
        struct node { struct node *left, *right; int value; };
        int sum(struct node *n) { return n ? sum(n->left) + sum(n->right) + n->value : 0; }
        """;

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Copies_and_the_callers_of_clones_are_found(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("kinds", Source);
        var graph = units.Graph;
        var leaf = Answer.Of(graph, "leaf");
        var scaled = Answer.Of(graph, "scaled");
        var first = Answer.Of(graph, "first_of");
        var both = Answer.Of(graph, "both");
        var part = Answer.Of(graph, "checked");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Units[0].Summary.Diagnostics, Is.Empty);
            Assert.That(leaf.Affected.Keys, Is.EquivalentTo(["top", "top_too"]), "middle went in first, and leaf into that");
            Assert.That(leaf.FunctionsToPatch, Is.EqualTo(["top", "top_too"]));
            Assert.That(Answer.Of(graph, "middle").Affected["top"], Is.EqualTo(["inlined inline middle"]));

            Assert.That(scaled.Affected["scaled.constprop.0"], Is.EqualTo(["cloned constprop scaled"]));
            Assert.That(scaled.Affected["use_scaled"], Is.EqualTo(["callsClone constprop scaled.constprop.0"]), "no dump line says so");
            Assert.That(scaled.FunctionsToPatch, Is.EqualTo(["use_scaled"]));

            Assert.That(first.Affected["first_of.isra.0"], Is.EqualTo(["cloned isra first_of"]));
            Assert.That(first.Affected["use_first_of"], Is.EqualTo(["callsClone isra first_of.isra.0"]));

            Assert.That(both.Affected["both.constprop.0"], Is.EqualTo(["cloned constprop both"]));
            Assert.That(both.Affected["both.constprop.0.isra.0"], Is.EqualTo(["cloned isra both.constprop.0"]));
            Assert.That(both.Affected["use_both"], Does.Contain("callsClone isra both.constprop.0.isra.0"));

            Assert.That(part.Affected["checked.part.0"], Is.EqualTo(["cloned part checked"]));
            Assert.That(part.Affected["use_checked_two"], Is.EqualTo(["callsClone part checked.part.0", "inlined inline checked"]));

            Assert.That(Answer.Of(graph, "sum").Affected, Is.Empty, "recursion affects nobody else");
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void A_simd_clone_is_joined_to_the_symbol_it_gets_at_last(string compiler)
    {
        using var units = new CompiledUnits(compiler, "-fopenmp-simd").Add("simd", """
            #pragma omp declare simd notinbranch simdlen(4)
            int each(int v) { return v * 3; }
            """);
        var answer = units.Answer("each");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Affected["each.simdclone.0"], Is.EqualTo(["cloned simdclone each"]));
            Assert.That(answer.Affected["_ZGVbN4v_each"], Is.EqualTo(["cloned simdclone each.simdclone.0"]));
            Assert.That(answer.FunctionsToPatch, Is.EqualTo(["each"]));
        }
    }

    [TestCase("gcc", "tc.avx2", "tc.default")]
    [TestCase("gcc-11", "tc.avx2.0", "tc.default.1")]
    public void The_versions_of_target_clones_are_copies(string compiler, string version, string otherwise)
    {
        using var units = new CompiledUnits(compiler).Add("versions", """
            int external(int);
            __attribute__((target_clones("avx2", "default"))) int tc(int v) { return external(v) + 7; }
            int use(int v) { return tc(v) + 1; }
            """);
        var answer = units.Answer("tc");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Instances, Is.EqualTo(["tc"]));
            Assert.That(answer.Affected.Keys, Is.EquivalentTo([version, otherwise]));
            Assert.That(answer.Affected[version], Is.EqualTo(["cloned unknown tc"]));
            Assert.That(answer.Affected[otherwise], Is.EqualTo(["cloned target_clones tc"]));
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void A_cold_part_is_no_function_of_its_own(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("cold", """
            int external(int); __attribute__((cold)) int rare(const char *, int);
            int hot(int v) { for (int i = 0; i < v; i++) if (external(i)) { rare("a", i); rare("b", v); return -1; } return external(v); }
            """);
        var graph = units.Graph;
        var symbols = Enumerable.Range(0, graph.VertexCount).Select(graph.SymbolOf).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(units["cold.o"]).AsSpan().IndexOf("hot.cold"u8), Is.Positive, "the object has the part");
            Assert.That(symbols, Is.EquivalentTo(["external", "hot", "rare"]));
            Assert.That(Answer.Of(graph, "hot.cold").Instances, Is.EqualTo(["hot"]));
        }
    }

    [Test]
    public void What_is_said_of_a_part_is_said_of_the_function()
    {
        // The call graph comes first to the name that GCC gives a local alias.
        var summary = new UnitText { HasSymbolTable = false }
            .Call("g", "f.localalias").Call("f.localalias", "g").Call("g.cold.0", "h").Static("f", "g")
            .Clone("f.localalias", "g", "inlining to").Clone("f", "g", "inlining to").Read();
        string[] symbols = [.. summary.Functions.Select(f => summary.Names.GetString(f.Symbol))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(symbols, Is.EqualTo(["f", "g", "h"]));
            Assert.That(summary.CallEdges, Is.EqualTo([new CallEdge(0, 1), new CallEdge(1, 0), new CallEdge(1, 2)]));
            Assert.That(summary.CloneEdges.Select(e => (e.Original, e.Copy, e.Count)), Is.EqualTo([(0, 1, 2)]));
        }
    }

    [TestCase("gcc")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void An_assembler_label_is_the_symbol_and_the_source_name_the_name(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("labels", """
            int external(int);
            int ren(int) __asm__("my_ren");
            static int gone(int, int) __asm__("my_gone");
            static __attribute__((noinline)) int gone(int a, int b) { return external(a) * b + external(b); }
            int ren(int v) { return gone(v, 3) + external(v); }
            """);
        var graph = units.Graph;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(graph, "ren").Instances, Is.EqualTo(["my_ren"]));
            Assert.That(Answer.Of(graph, "my_ren").Instances, Is.EqualTo(["my_ren"]));
            Assert.That(Answer.Of(graph, "gone").Instances, Is.EqualTo(["my_gone"]), "only its clone has code and names it");
            Assert.That(Answer.Of(graph, "my_gone").Affected["my_ren"], Is.EqualTo(["callsClone constprop my_gone.constprop.0"]));
            Assert.That(Answer.Of(graph, "my_gone.constprop.0").Instances, Is.EqualTo(["my_gone"]));
            Assert.That(graph.SourceFunctions.Select(f => f.Name), Is.EquivalentTo(["gone", "ren"]));
        }
    }

    [Test]
    public void A_source_name_goes_down_a_chain_of_clones()
    {
        var graph = new UnitText().Clone("*label", "*label.constprop.0", "constprop").Clone("*label.constprop.0", "*label.constprop.0.isra.0", "isra")
            .Node("unit.c:*label.constprop.0.isra.0", "real.constprop.isra").ToGraph();
        Assert.That(graph.SourceFunctions.Select(f => f.Name), Is.EqualTo(["real"]));
    }

    [Test]
    public void A_clone_that_no_line_names_is_known_by_its_suffix()
    {
        var summary = new UnitText().Global("f").Static("f.isra.0", "f.isra.0.part.1").Read();
        Assert.That(summary.CloneEdges.Select(e => (e.Original, e.Copy, summary.Names.GetString(e.Reason), e.Count)),
            Is.EqualTo([(0, 1, "isra", 0), (1, 2, "part", 0)]));
    }
}
