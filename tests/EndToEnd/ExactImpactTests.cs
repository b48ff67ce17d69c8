using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>What leaves no clone is found by compiling again.</summary>
internal sealed class ExactImpactTests : PackageTest
{
    private const string Squares = """
        __attribute__((noinline)) int square(int a) { return a * a + 1; }
        int twice(int a) { return square(a) + square(a); }
        int lonely(int a) { return a - 1; }

        """;

    private const string Items = """
        <IpaSource Include="src/*.c" />
        <IpaPatchedFunction Include="square" />
        """;

    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void A_caller_that_relies_on_a_fact_is_listed(ProjectStyle style)
    {
        var build = Project(Items, style: style).Build().MustSucceed();
        var square = Manifest.Load(build.ManifestPath).Patched("square");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(square.Exact, Is.True);
            Assert.That(square.InexactBecause, Is.Empty);
            Assert.That(square["twice"].Reasons, Is.EqualTo(["fact from square"]));
            Assert.That(square.FunctionsToPatch, Is.EqualTo(["src/a.o!square", "src/a.o!twice"]));
            Assert.That(build.ToPatch.Single(i => i["Symbol"] == "twice")["Reason"], Is.EqualTo("fact"));
        }
    }

    [Test]
    public void A_build_in_which_nothing_changed_compiles_nothing()
    {
        var project = Project(Items);
        project.Build().MustSucceed();
        var before = FileSnapshot.Take(project.Directory);
        var second = project.Build().MustSucceed();
        Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
        Assert.That(second.Log.Messages, Has.None.Contains("Compilers were asked"));
        project.Build("-question").MustSucceed();
    }

    [Test]
    public void Only_the_unit_that_changed_is_asked_about_again()
    {
        var project = Project(Items + """<IpaPatchedFunction Include="cube" />""");
        project.Write("src/b.c", "__attribute__((noinline)) int cube(int a) { return a * a * a; }\nint both(int a) { return cube(a) + cube(a); }\n");
        Assert.That(Asked(project.Build()), Is.EqualTo(2));
        Assert.That(Asked(project.Edit("src/b.c", "a * a * a", "a * a * a + 7").Build()), Is.EqualTo(1));
        Assert.That(Manifest.Load(project.Build().ManifestPath).Patched("cube")["both"].Reasons, Is.EqualTo(["fact from cube"]));

        // Another function of a unit is another text.
        Assert.That(Asked(project.Edit("src/b.c", "int both", "int third(int a) { return a; }\nint both").Build()), Is.EqualTo(1));
    }

    [Test]
    public void A_further_patched_function_asks_about_itself_only()
    {
        var project = Project(Items);
        project.Build().MustSucceed();
        project.Wrap(Items + """<IpaPatchedFunction Include="lonely" />""");
        Assert.That(Asked(project.Build()), Is.EqualTo(1));
    }

    [Test]
    public void It_can_be_switched_off()
    {
        var build = Project(Items, "<IpaExactImpact>false</IpaExactImpact>").Build().MustSucceed();
        var square = Manifest.Load(build.ManifestPath).Patched("square");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(square.Exact, Is.False);
            Assert.That(square.InexactBecause.Single(), Does.Contain("IpaExactImpact"));
            Assert.That(square.Affected, Is.Empty);
            Assert.That(build.Codes, Is.Empty);
        }
    }

    [Test]
    public void A_wrong_value_is_an_error() =>
        Assert.That(Project(Items, "<IpaExactImpact>maybe</IpaExactImpact>").Build().MustFailWith("IPA1005").Message, Does.Contain("IpaExactImpact is 'maybe'"));

    [TestCase("true", true)]
    [TestCase("auto", false)]
    public void What_cannot_be_asked_is_told(string mode, bool isWarning)
    {
        var project = Project("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="tiny" />""", $"<IpaExactImpact>{mode}</IpaExactImpact>");
        project.Write("src/b.c", "static inline __attribute__((always_inline)) int tiny(int a) { return a * 3; }\nint user(int a) { return tiny(a); }\n");
        var build = project.Build().MustSucceed();
        var tiny = Manifest.Load(build.ManifestPath).Patched("tiny");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tiny.Exact, Is.False);
            Assert.That(tiny.InexactBecause.Single(), Does.StartWith("src/b.o: The function is always_inline"));
            Assert.That(build.Codes, Is.EqualTo(isWarning ? ["IPA6001"] : Array.Empty<string>()));
            Assert.That(tiny.FunctionsToPatch, Is.EqualTo(["src/b.o!user"]));
        }
    }

    [Test]
    public void A_header_function_is_asked_about_in_every_object()
    {
        var project = Project("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="weigh" />""");
        project.Write("src/w.h", "__attribute__((noinline)) static int weigh(int a) { return a * a + 1; }\n");
        project.Write("src/b.c", "#include \"w.h\"\nint b(int a) { return weigh(a) + weigh(a); }\n");
        project.Write("src/c.c", "#include \"w.h\"\nint c(int a) { return weigh(a) * weigh(a); }\n");
        var build = project.Build().MustSucceed();
        var weigh = Manifest.Load(build.ManifestPath).Patched("weigh");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(weigh.Exact, Is.True);
            Assert.That(weigh.AffectedKeys, Is.EqualTo(["src/b.o!b", "src/c.o!c"]));
        }
    }

    [Test]
    public void A_kernel_module_is_compiled_again_by_its_own_commands()
    {
        Tools.RequireKernelHeaders();
        var project = NewProject().WrapSample("KernelModule", """
            <IpaKernelModule Include="module" KernelBuildDir="$(IpaTestKernelBuildDir)" />
            <IpaPatchedFunction Include="slot" />
            <IpaPatchedFunction Include="format_body" />
            <IpaPatchedFunction Include="packet_entry_used" />
            """, properties: "<IpaExactImpact>true</IpaExactImpact>");
        var headers = "-p:IpaTestKernelBuildDir=" + Tools.RequireKernelHeaders();
        var build = project.Build(headers).MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);
        Assert.That(manifest.PatchedFunctions.SelectMany(p => p.InexactBecause), Is.Empty);
        Assert.That(manifest.PatchedFunctions.Select(p => p.Exact), Is.All.True);
        Assert.That(Directory.EnumerateFiles(project.Path("module"), "*.i", SearchOption.AllDirectories), Is.Empty);

        var before = FileSnapshot.Take(project.Directory);
        project.Build(headers).MustSucceed();
        Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
    }

    [Test]
    public void A_tree_that_something_else_compiled_stays_as_it_is()
    {
        Tools.Require("gcc");
        var project = NewProject().Write("tree/a.c", Squares).Wrap("""
            <IpaObjectTree Include="tree" SourceDir="tree" />
            <IpaPatchedFunction Include="square" />
            """);
        string[] arguments = ["-O2", "-fdump-ipa-clones", "-fcallgraph-info", "-c", "a.c", "-o", "a.o"];
        ChildProcess.MustRun("gcc", arguments, project.Path("tree"));
        project.Write("tree/compile_commands.json", $$"""
            [ { "directory": "{{project.Path("tree")}}", "file": "a.c", "output": "a.o", "arguments": [ "gcc", {{string.Join(", ", arguments.Select(a => $"\"{a}\""))}} ] } ]
            """);
        var before = FileSnapshot.Take(project.Path("tree"));
        var build = project.Build().MustSucceed();
        var square = Manifest.Load(build.ManifestPath).Patched("square");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(square.InexactBecause, Is.Empty);
            Assert.That(square.AffectedKeys, Is.EqualTo(["a.o!twice"]));
            Assert.That(before.Differences(FileSnapshot.Take(project.Path("tree"))), Is.Empty);
        }

        // A source that comes back is noticed although no object changed.
        File.Move(project.Path("tree", "a.c"), project.Path("a.c"));
        Assert.That(Manifest.Load(project.Edit("Wrapper.csproj", "Include=\"square\"", "Include=\"twice\"").Build().ManifestPath).Patched("twice").Exact, Is.False);
        File.Move(project.Path("a.c"), project.Path("tree", "a.c"));
        Assert.That(Manifest.Load(project.Build().ManifestPath).Patched("twice").Exact, Is.True);
    }

    [Test]
    public void A_compiler_that_only_the_tree_names_is_not_run()
    {
        Tools.Require("gcc");
        var project = NewProject().Write("tree/a.c", Squares).Wrap("""
            <IpaObjectTree Include="tree" SourceDir="tree" />
            <IpaPatchedFunction Include="square" />
            """, properties: "<IpaExactImpact>true</IpaExactImpact>");
        string[] arguments = ["-O2", "-fno-ident", "-fdump-ipa-clones", "-fcallgraph-info", "-c", "a.c", "-o", "a.o"];
        ChildProcess.MustRun("gcc", arguments, project.Path("tree"));
        project.Write("tree/gcc", $"#!/bin/sh\ntouch '{project.Path("was-run")}'\nexec gcc \"$@\"\n");
        File.SetUnixFileMode(project.Path("tree", "gcc"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        project.Write("tree/compile_commands.json", $$"""
            [ { "directory": "{{project.Path("tree")}}", "file": "a.c", "output": "a.o", "arguments": [ "./gcc", {{string.Join(", ", arguments.Select(a => $"\"{a}\""))}} ] } ]
            """);
        Assert.That(project.Build().MustSucceed().MustWarnWith("IPA6001").Message, Does.Contain("named by the tree only"));
        Assert.That(File.Exists(project.Path("was-run")), Is.False);
    }

    private TestProject Project(string items, string properties = "", ProjectStyle style = ProjectStyle.NoTargets)
    {
        Tools.Require("gcc");
        return NewProject().Write("src/a.c", Squares).Wrap(items, style, properties);
    }

    /// <summary>How many questions compilers had to answer.</summary>
    private static int Asked(BuildResult build)
    {
        const string Start = "Compilers were asked ";
        var message = build.MustSucceed().Log.Messages.Single(m => m.StartsWith(Start, StringComparison.Ordinal));
        return int.Parse(message[Start.Length..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
