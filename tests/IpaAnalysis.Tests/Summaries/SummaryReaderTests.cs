using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Tests.Summaries;

/// <summary>What is missing or unusual in an object's files, end to end to the diagnostics.</summary>
internal sealed class SummaryReaderTests
{
    private const string Source = """
        int external(int);
        static __attribute__((noinline)) int f(int a, int b) { return external(a) * b + external(b) + 9; }
        int g(int a) { return f(a, 7); }
        """;

    private static readonly string[] s_incomplete = ["IPA4004", "IPA4006"];

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void A_whole_unit_is_complete(string compiler)
    {
        using var units = new CompiledUnits(compiler).Add("unit", Source);
        var result = units.Analyze("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings, Is.Empty);
            Assert.That(result.Complete, Is.True);
            Assert.That(result.Compilers, Has.Length.EqualTo(1).And.All.StartsWith("GCC: "));
        }
    }

    [TestCase("gcc", ".quad")]
    [TestCase("gcc-11", ".quad")]
    [TestCase("s390x-linux-gnu-gcc", ".quad")]
    public void The_address_of_a_stale_clone_may_hide_callers(string compiler, string directive)
    {
        using var units = new CompiledUnits(compiler).Add("unit", Source + $"\nasm(\".data\\n{directive} f.constprop.0\\n.text\");\n");
        var result = units.Analyze("f");
        var other = units.Analyze("g");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.EqualTo(["IPA4005"]));
            Assert.That(result.Findings[0].Diagnostic.Message, Does.Contain("f.constprop.0 in unit.o"));
            Assert.That(result.Complete, Is.False);
            Assert.That(other.Complete, Is.True, "g's answer does not go through the clone");
        }
    }

    [TestCase("a linked image", "IPA4007")]
    [TestCase("a processor whose relocations are not known", "IPA4007")]
    [TestCase("a copy without code", null)]
    public void Where_nobody_can_look_for_the_address_of_a_stale_clone_it_is_told(string what, string? code)
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source);
        switch (what)
        {
            case "a linked image":
                units.Run("gcc", "-shared", "-o", "linked.o", "unit.o");
                units.Run("mv", "linked.o", "unit.o");
                break;
            case "a copy without code":
                units.Run("objcopy", "--only-keep-debug", "unit.o");
                break;
            default:
                // EM_LOONGARCH (258) in place of the compiler's machine.
                units.Run("sh", "-c", "printf '\\002\\001' | dd of=unit.o bs=1 seek=18 conv=notrunc status=none");
                break;
        }

        var result = units.Analyze("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.EqualTo(code is null ? Array.Empty<string>() : [code]));
            Assert.That(result.Complete, Is.EqualTo(code is null));
            Assert.That(units.Analyze("g").Complete, Is.True, "g's answer does not go through the clone");
        }
    }

    [TestCase("-O2 -fPIC -fno-ipa-cp", "unit.c")]
    [TestCase("-O2", "other.c")]
    public void Files_that_another_compile_wrote_are_told(string options, string source)
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source);
        units.Run("sh", "-c", "cp unit.c other.c");
        units.Run("gcc", [.. options.Split(' '), "-fdump-ipa-clones", "-fcallgraph-info", "-c", source, "-o", "unit.sho"]);
        var result = units.Analyze("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.Not.Empty.And.All.EqualTo("IPA3009"));
            Assert.That(result.Complete, Is.False);
        }
    }

    [Test]
    public void A_stripped_object_tells_nothing_of_code()
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source);
        units.Run("strip", "--strip-all", "unit.o");
        AssertUnknown(units, "IPA4006");
    }

    [Test]
    public void A_missing_object_tells_nothing_of_code()
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source).With(u => u with { ObjectPath = null });
        AssertUnknown(units, "IPA4006");
    }

    [Test]
    public void A_vanished_object_is_reported_too()
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source);
        File.Delete(units["unit.o"]);
        AssertUnknown(units, "IPA3004", "IPA4006");
    }

    [Test]
    public void Without_a_call_graph_the_callers_of_a_stale_clone_are_unknown()
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source).With(u => u with { CallGraphPath = null });
        var result = units.Analyze("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.EqualTo(["IPA4004"]));
            Assert.That(result.Complete, Is.False);
            Assert.That(units.Analyze("g").Complete, Is.True, "no clone of g is stale");
        }
    }

    [Test]
    public void A_dump_alone_says_what_it_can()
    {
        using var units = new CompiledUnits("gcc").Add("unit", Source).With(u => u with { CallGraphPath = null, ObjectPath = null, FoldingRecordPath = null });
        var result = units.Analyze("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.EqualTo(s_incomplete));
            Assert.That(Answer.Of(result.Graph, "f").Affected.Keys, Is.EqualTo(["f.constprop.0"]));
            Assert.That(Answer.Of(result.Graph, "f").FunctionsToPatch, Is.EqualTo(["f"]), "unknown counts as emitted, a clone never");
        }
    }

    [Test]
    public void Link_time_code_is_reported()
    {
        using var units = new CompiledUnits("gcc", "-flto", "-ffat-lto-objects").Add("unit", Source);
        var result = units.Analyze("g");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.EqualTo(["IPA2015"]));
            Assert.That(result.Complete, Is.False);
            Assert.That(units.With(u => u with { IsLto = true }).Analyze("g").Findings, Is.Empty, "collecting has said so already");
        }
    }

    [Test]
    public void Threads_do_not_change_the_order()
    {
        using var units = new CompiledUnits("gcc");
        for (var i = 0; i < 6; i++)
        {
            units.Add($"unit{i}", $"int f{i}(void) {{ return {i}; }}");
        }

        foreach (var threads in (int[])[1, 4])
        {
            var summaries = SummaryReader.ReadAll(units.Units, threads, CancellationToken.None);
            Assert.That(summaries.Select(s => s.Names.GetString(s.Functions[0].Symbol)), Is.EqualTo(Enumerable.Range(0, 6).Select(i => $"f{i}")));
        }

        Assert.That(() => SummaryReader.ReadAll(units.Units, 2, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static void AssertUnknown(CompiledUnits units, params string[] codes)
    {
        var result = units.Analyze("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => f.Diagnostic.Code), Is.EqualTo(codes));
            Assert.That(result.Complete, Is.False);
            Assert.That(Enumerable.Range(0, result.Graph.VertexCount).Select(result.Graph.IsEmitted), Is.All.Null);
            Assert.That(result.PatchedFunctions.Single().FunctionsToPatch.Select(result.Graph.SymbolOf), Is.EqualTo(["f", "g"]));
        }
    }
}
