namespace IpaAnalysis.Tests.Summaries;

/// <summary>Two symbols, one body: aliases of the source are the function itself, folded functions depend on each other.</summary>
internal sealed class SharedBodyTests
{
    private const string Aliases = """
        int external(int);
        static int my_init(void) { return external(5) + 17; }
        int init_module(void) __attribute__((alias("my_init")));
        int a_weak(void) __attribute__((weak, alias("my_init")));
        """;

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void An_alias_that_the_source_declares_is_an_instance(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("alias", Aliases);
        string[] all = ["a_weak", "init_module", "my_init"];
        foreach (var record in (string?[])[units.Units[0].FoldingRecordPath, null])
        {
            foreach (var calls in (string?[])[units.Units[0].CallGraphPath, null])
            {
                var answer = units.With(u => u with { FoldingRecordPath = record, CallGraphPath = calls }).Answer("init_module");
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(answer.Instances, Is.EqualTo(all), $"record {record is not null}, call graph {calls is not null}");
                    Assert.That(answer.Affected, Is.Empty);
                    Assert.That(answer.FunctionsToPatch, Is.EqualTo(all));
                }
            }
        }
    }

    [Test]
    public void A_local_alias_is_told_from_folding_by_the_record_only()
    {
        using var units = new CompiledUnits("gcc").Add("alias", """
            int external(int);
            static int body(void) { return external(5) + 17; }
            static int __attribute__((used)) other(void) __attribute__((alias("body")));
            """);
        var recorded = units.Answer("body");
        var unrecorded = units.With(u => u with { FoldingRecordPath = null }).Answer("body");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorded.Instances, Is.EqualTo(["body", "other"]));
            Assert.That(unrecorded.Instances, Is.EqualTo(["body"]));
            Assert.That(unrecorded.Affected["other"], Is.EqualTo(["sharedBody unknown body"]));
            Assert.That(unrecorded.FunctionsToPatch, Is.EqualTo(["body", "other"]));
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void Folded_functions_depend_on_each_other(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("fold", """
            int external(int);
            static __attribute__((noinline)) int one(int v) { return external(v) + 1000; }
            static __attribute__((noinline)) int two(int v) { return external(v) + 1000; }
            int use(int v) { return one(v) + two(v) * 3; }
            int wrapped_one(int v) { return external(v) + external(v + 2) + external(v + 4) + external(v + 8); }
            int wrapped_two(int v) { return external(v) + external(v + 2) + external(v + 4) + external(v + 8); }
            int calls_two(int v) { return wrapped_two(v) * 5; }
            """);
        var graph = units.Graph;
        var one = Answer.Of(graph, "one");
        var two = Answer.Of(graph, "two");
        var (wrapped, wrapper) = (Answer.Of(graph, "wrapped_one"), Answer.Of(graph, "wrapped_two"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.Affected["two"], Is.EqualTo(["sharedBody ipa-icf one"]));
            Assert.That(two.Affected["one"], Is.EqualTo(["sharedBody ipa-icf two"]));
            Assert.That(one.Affected.Keys, Is.EqualTo(["two"]), "an alias keeps its callers");
            Assert.That(one.FunctionsToPatch, Is.EqualTo(["one", "two"]));
            Assert.That(wrapped.Affected["wrapped_two"], Does.Contain("sharedBody ipa-icf wrapped_one"));
            Assert.That(wrapper.Affected["wrapped_one"], Does.Contain("sharedBody ipa-icf wrapped_two"));
        }
    }

    [Test]
    public void Without_a_record_folding_is_seen_by_the_address()
    {
        // As in a kernel: no record; both are declared, called and have one address.
        using var units = new CompiledUnits("gcc").Add("fold", """
            int external(int);
            static __attribute__((noinline)) int kept(int v) { return external(v) + 1000; }
            static __attribute__((noinline)) int folded(int v) { return external(v) + 1000; }
            int use(int v) { return kept(v) + folded(v) * 3; }
            """);
        var answer = units.With(u => u with { FoldingRecordPath = null }).Answer("kept");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Instances, Is.EqualTo(["kept"]));
            Assert.That(answer.Affected["folded"], Is.EqualTo(["sharedBody unknown kept"]));
        }
    }

    [Test]
    public void A_global_name_for_the_body_of_a_static_is_an_alias_and_a_static_one_is_folded()
    {
        var alias = Answer.Of(new UnitText().Static("zz_body").Symbol("a_global", isLocal: false, at: "zz_body").ToGraph(), "zz_body");
        var folded = Answer.Of(new UnitText().Global("body").Symbol("a_static", isLocal: true, at: "body").ToGraph(), "body");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alias.Instances, Is.EqualTo(["a_global", "zz_body"]));
            Assert.That(alias.Affected, Is.Empty);
            Assert.That(folded.Instances, Is.EqualTo(["body"]));
            Assert.That(folded.Affected["a_static"], Is.EqualTo(["sharedBody unknown body"]));
        }
    }

    [Test]
    public void A_function_at_the_address_of_a_clone_was_folded_into_it()
    {
        // GCC splits parts before it folds; no source can declare an alias of a part.
        var graph = new UnitText().Clone("f", "f.part.0", "part").Static("f.part.0").Symbol("g", isLocal: false, at: "f.part.0").ToGraph();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer.Of(graph, "g").Instances, Is.EqualTo(["g"]));
            Assert.That(Answer.Of(graph, "f").Affected["g"], Is.EqualTo(["sharedBody unknown f.part.0"]));
        }
    }

    [Test]
    public void A_declaration_elsewhere_in_the_dump_means_folding()
    {
        var graph = new UnitText().Global("kept", "caller").Inline("other", "caller").Symbol("other", isLocal: false, at: "kept").ToGraph();
        Assert.That(Answer.Of(graph, "kept").Affected["other"], Is.EqualTo(["sharedBody unknown kept"]));
    }

    [TestCase("Function alias has been created.")]
    [TestCase("Function body was removed.")]
    public void A_folded_function_without_code_takes_the_callers_of_the_kept_one_along(string outcome)
    {
        var graph = new UnitText().Global("kept", "caller").Call("caller", "kept").Fold("kept", "folded", outcome).ToGraph();
        var folded = Answer.Of(graph, "folded");
        var kept = Answer.Of(graph, "kept");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(folded.Affected.Keys, Is.EquivalentTo(["caller", "kept"]));
            Assert.That(folded.Affected["caller"], Is.EqualTo(["callsClone ipa-icf folded"]));
            Assert.That(folded.FunctionsToPatch, Is.EqualTo(["caller", "kept"]));
            Assert.That(kept.Affected.Keys, Is.EquivalentTo(["caller", "folded"]), "the caller may have meant the folded one");
        }
    }

    [Test]
    public void An_alias_keeps_its_callers_and_the_record_keeps_folded_symbols_apart()
    {
        var text = new UnitText().Global("kept", "caller").Call("caller", "kept").Fold("kept", "folded", "Function alias has been created.")
            .Symbol("folded", isLocal: true, at: "kept").Symbol("declared", isLocal: true, at: "kept");
        var answer = Answer.Of(text.ToGraph(), "kept");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Instances, Is.EqualTo(["declared", "kept"]));
            Assert.That(answer.Affected.Keys, Is.EqualTo(["folded"]));
            Assert.That(answer.Affected["folded"], Is.EqualTo(["sharedBody ipa-icf declared", "sharedBody ipa-icf kept"]));
        }
    }

    [Test]
    public void A_recorded_folding_counts_even_where_the_symbols_disagree()
    {
        var graph = new UnitText().Global("kept", "folded").Fold("kept", "folded", "Function alias has been created.").ToGraph();
        Assert.That(Answer.Of(graph, "folded").Affected["kept"], Is.EqualTo(["sharedBody ipa-icf folded"]));
    }

    [Test]
    public void Other_names_of_a_wrapper_redirect_nobody()
    {
        var graph = new UnitText().Global("a", "kept", "caller", "other").Call("caller", "a").Call("other", "kept")
            .Symbol("wrapper", isLocal: false, at: "a").Fold("kept", "wrapper", "Wrapper has been created.").ToGraph();
        Assert.That(Answer.Of(graph, "wrapper").Affected.Keys, Is.EquivalentTo(["kept", "other"]), "caller calls the wrapper's own address");
    }

    [Test]
    public void Thousands_of_names_for_one_body_take_no_quadratic_time()
    {
        var text = new UnitText().Static("body");
        for (var i = 0; i < 20_000; i++)
        {
            text.Symbol($"alias{i}", isLocal: false, at: "body");
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(Answer.Of(text.ToGraph(), "body").Instances, Has.Length.EqualTo(20_001));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }
}
