using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>How the function to patch is chosen.</summary>
internal sealed class PatchedFunctionTests : PackageTest
{
    [Test]
    public void An_unknown_function_is_an_error_with_near_spellings()
    {
        var error = QuickStart("""<IpaPatchedFunction Include="parse_headr" />""").Build().MustFailWith("IPA4001");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain("parse_headr'").Or.Contain("parse_headr "));
            Assert.That(error.Message, Does.Contain("parse_header"));
        }
    }

    [Test]
    public void The_manifest_is_there_although_a_function_is_unknown()
    {
        var project = QuickStart("""<IpaPatchedFunction Include="parse_headr" /><IpaPatchedFunction Include="parse_header" />""");
        project.Build().MustFailWith("IPA4001");
        var manifest = Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json"));
        Assert.That(manifest.DiagnosticCodes, Is.EqualTo(["IPA4001"]));
    }

    [Test]
    public void An_ambiguous_function_is_an_error_that_lists_the_candidates()
    {
        var error = QuickStart("""<IpaPatchedFunction Include="in_bounds" />""").Build().MustFailWith("IPA4003");
        Assert.That(error.Message, Does.Contain("src/parser.c").And.Contain("src/report.c"));
    }

    [TestCase("""SourceFile="report.c" """)]
    [TestCase("""SourceFile="src/report.c" """)]
    [TestCase("""Object="report.o" """)]
    [TestCase("""Line="6" """)]
    public void A_selector_decides(string selector)
    {
        var project = QuickStart($"""<IpaPatchedFunction Include="in_bounds" {selector}/>""");
        Assert.That(Load(project.Build()).Patched("in_bounds").SourceFile, Is.EqualTo("src/report.c"));
    }

    [Test]
    public void A_selector_matches_whole_path_components() =>
        QuickStart("""<IpaPatchedFunction Include="in_bounds" SourceFile="port.c" />""").Build().MustFailWith("IPA4001");

    [Test]
    public void All_matches_can_be_wanted()
    {
        var project = QuickStart("""<IpaPatchedFunction Include="in_bounds" AllMatches="true" />""");
        Assert.That(Load(project.Build()).PatchedFunctions.Select(p => p.SourceFile), Is.EqualTo(["src/parser.c", "src/report.c"]));
    }

    [Test]
    public void A_clones_symbol_names_its_origin()
    {
        var project = QuickStart("""<IpaPatchedFunction Include="find_record.constprop.0.isra.0" />""");
        Assert.That(Load(project.Build()).Patched("find_record").Affected, Has.Count.EqualTo(6));
    }

    [Test]
    public void A_function_without_copies_is_its_own_answer()
    {
        var build = QuickStart("""<IpaPatchedFunction Include="packet_number" />""").Build();
        var patched = Load(build).Patched("packet_number");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.Affected, Is.Empty);
            Assert.That(patched.FunctionsToPatch, Is.EqualTo(["src/parser.o!packet_number"]));
            Assert.That(build.ToPatch.Single()["Reason"], Is.EqualTo("patched"));
        }
    }

    [Test]
    public void A_function_that_no_dump_names_is_found_in_the_objects()
    {
        Tools.Require("gcc");
        var project = NewProject().Write("src/a.c", "int alone(int x)\n{\n    return x + 1;\n}\n").Wrap("""
            <IpaSource Include="src/*.c" />
            <IpaPatchedFunction Include="alone" />
            """);
        var patched = Load(project.Build()).Patched("alone");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.SourceFile, Is.EqualTo("src/a.c"), "the call graph says where");
            Assert.That(patched.Line, Is.EqualTo(1));
            Assert.That(patched.FunctionsToPatch, Is.EqualTo(["src/a.o!alone"]));
        }
    }

    [Test]
    public void A_plain_call_affects_nobody()
    {
        Tools.Require("gcc");
        var project = NewProject().Write("src/a.c", """
            __attribute__((noipa)) int callee(int x) { return x + 1; }
            int caller(int x) { return callee(x) * 2; }

            """).Wrap("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="callee" />""");
        Assert.That(Load(project.Build()).Patched("callee").FunctionsToPatch, Is.EqualTo(["src/a.o!callee"]));
    }

    [Test]
    public void Functions_folded_into_one_share_a_body()
    {
        Tools.Require("gcc");
        var project = NewProject().Write("src/a.c", """
            extern int g(int);
            static __attribute__((noinline)) int first(int x) { return g(x) + g(x + 1) * 3; }
            static __attribute__((noinline)) int second(int x) { return g(x) + g(x + 1) * 3; }
            int use_first(int x) { return first(x) + g(2); }
            int use_second(int x) { return second(x) - g(3); }

            """).Wrap("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="first" />""");
        var second = Load(project.Build()).Patched("first")["second"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Reasons, Does.Contain("sharedBody from first"));
            Assert.That(second.Passes, Does.Contain("ipa-icf"), "our compiles record what folding did");
        }
    }

    private static Manifest Load(BuildResult build) => Manifest.Load(build.MustSucceed().ManifestPath);

    private TestProject QuickStart(string items)
    {
        Tools.Require("gcc");
        return NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""" + items);
    }
}
