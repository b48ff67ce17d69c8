using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Trees in which something is wrong: reported with a code, and the rest is read all the same.</summary>
internal sealed class UnreadableInputTests : PackageTest
{
    private const string DumpLine = "Callgraph clone;f;0;tree/a.c;1;12;g;1;tree/a.c;1;45;inlining to\n";

    [Test]
    public void A_bad_line_of_a_dump_is_reported_with_its_place()
    {
        var project = Tree().Write("tree/a.c.000i.ipa-clones", "Callgraph nonsense\n" + DumpLine);
        var build = project.Build().MustSucceed();
        var warning = build.MustWarnWith("IPA3001");
        var manifest = Manifest.Load(build.ManifestPath);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(warning.File, Does.EndWith("tree/a.c.000i.ipa-clones"));
            Assert.That(warning.Line, Is.EqualTo(1));
            Assert.That(manifest.Complete, Is.False);
            Assert.That(manifest.DiagnosticCodes, Does.Contain("IPA3001"));
            Assert.That(manifest.Patched("f").AffectedKeys, Is.EqualTo(["a.o!g"]), "the good line counts");
        }
    }

    [Test]
    public void A_dump_that_cannot_be_opened_is_reported()
    {
        var project = Tree();
        var dump = project.Path("tree", "a.c.000i.ipa-clones");
        File.Delete(dump);
        // A loop cannot be opened by anyone, not even by root.
        File.CreateSymbolicLink(dump, dump);
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Has.Some.EqualTo("IPA3004").Or.Some.EqualTo("IPA2010"));
            Assert.That(Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json")).Complete, Is.False);
        }
    }

    [TestCase("a.c.000i.ipa-clones", true)]
    [TestCase("a.o", false)]
    [CancelAfter(300_000)]
    public void A_pipe_in_the_place_of_a_file_is_reported_and_nothing_waits_for_it(string name, bool isOnlyTrace)
    {
        var project = Tree();
        var pipe = project.Path("tree", name);
        File.Delete(pipe);
        ChildProcess.MustRun("mkfifo", [pipe], project.Directory);
        var build = project.Build();
        var warning = build.MustWarnWith("IPA3004");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(warning.File, Does.EndWith($"tree/{name}"));
            Assert.That(warning.Message, Does.Contain("it is a FIFO"));
            Assert.That(Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json")).Complete, Is.False);

            // Without its dump nothing tells of the patched function, which was inlined everywhere.
            Assert.That(build.Codes.Contains("IPA4001"), Is.EqualTo(isOnlyTrace));
        }
    }

    [Test]
    public void An_object_that_is_no_object_is_reported()
    {
        var build = Tree().Write("tree/a.o", "not an object\n").Build();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Does.Contain("IPA3003"));
            Assert.That(build.MustWarnWith("IPA3003").File, Does.EndWith("tree/a.o"));
        }
    }

    [Test]
    public void A_bad_line_of_a_call_graph_is_reported_with_its_place()
    {
        var warning = Tree().Write("tree/a.ci", "graph: { title: \"tree/a.c\"\nnode: {{{\n}\n").Build().MustSucceed().MustWarnWith("IPA3002");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(warning.File, Does.EndWith("tree/a.ci"));
            Assert.That(warning.Line, Is.EqualTo(2));
        }
    }

    [Test]
    public void Stale_clones_without_a_call_graph_leave_the_answer_open()
    {
        var project = NewProject().WrapSample("QuickStart", """
            <IpaObjectTree Include="src" />
            <IpaPatchedFunction Include="find_record" />
            """);
        project.Compile("src/parser.c", "src/parser.o");
        File.Delete(project.Path("src", "parser.ci"));
        var build = project.Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            build.MustWarnWith("IPA4004");
            Assert.That(Manifest.Load(build.ManifestPath).Complete, Is.False);
        }
    }

    [Test]
    public void A_dump_of_no_object_is_reported() =>
        Tree().Write("tree/other.c.000i.ipa-clones", DumpLine).Build().MustSucceed().MustWarnWith("IPA2011");

    [Test]
    public void The_empty_dump_of_a_failed_compile_is_reported() =>
        Tree().Write("tree/failed.c.000i.ipa-clones", "").Build().MustSucceed().MustWarnWith("IPA2012");

    [Test]
    public void A_unit_without_its_dump_is_reported()
    {
        var project = Tree();
        project.Write("tree/compile_commands.json", $$"""
            [
              { "directory": "{{project.Directory}}", "file": "tree/a.c", "output": "tree/a.o", "command": "gcc -O2 -c tree/a.c -o tree/a.o" }
            ]

            """);
        File.Delete(project.Path("tree", "a.c.000i.ipa-clones"));
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            build.MustWarnWith("IPA2010");
            Assert.That(Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json")).Complete, Is.False);
        }
    }

    [Test]
    public void A_unit_of_link_time_optimisation_is_reported()
    {
        var project = Tree("-flto");
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            build.MustWarnWith("IPA2015");
            Assert.That(Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json")).Complete, Is.False);
        }
    }

    [Test]
    public void A_directory_with_nothing_in_it_is_reported() =>
        NewProject().Write("tree/readme", "no objects here\n").Wrap("""<IpaObjectTree Include="tree" />""").Build().MustSucceed().MustWarnWith("IPA2016");

    [Test]
    public void Without_a_symbol_table_an_unknown_name_may_exist()
    {
        // Only a dump and a call graph were kept, and an object that says nothing.
        var project = Tree().Write("tree/a.o", []).Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="elsewhere" />""");
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Does.Contain("IPA4002"));
            Assert.That(Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json")).Complete, Is.False);
        }
    }

    private TestProject Tree(params string[] flags) =>
        NewProject()
            .Write("tree/a.c", "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n")
            .Compile("tree/a.c", "tree/a.o", "gcc", flags)
            .Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="f" />""");
}
