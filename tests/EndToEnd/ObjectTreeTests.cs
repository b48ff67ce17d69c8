using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Trees that something else compiled.</summary>
internal sealed class ObjectTreeTests : PackageTest
{
    private static readonly string[] IndexRows =
    [
        "app/main.c:add_word 1 1 1",
        "lib/table.c:entry_at 1 2 2",
        "lib/table.h:hash_step 2 4 3",
        "app/main.c:mix 1 1 1",
    ];

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void The_sample_is_read_and_left_as_it_is(string compiler)
    {
        var project = MadeSample(compiler);
        var before = FileSnapshot.Take(project.Path("tree"));
        var build = project.Build().MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);
        var step = manifest.Patched("hash_step");
        project.Run("Clean").MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.Empty);
            Assert.That(manifest.Complete);
            Assert.That(manifest.Summary("objects"), Is.EqualTo(3), "the linked program is no unit");
            Assert.That(step.SourceFile, Is.EqualTo("lib/table.h"));
            Assert.That(step.Instances, Is.EqualTo(["app/main.o!hash_step -", "lib/hash.o!hash_step -"]));
            Assert.That(step.AffectedKeys, Is.EqualTo(["app/main.o!main", "app/main.o!mix", "lib/hash.o!hash_bytes", "lib/hash.o!hash_text"]));
            Assert.That(step["mix"].Emitted, Is.False);
            Assert.That(step.FunctionsToPatch, Is.EqualTo(["app/main.o!main", "lib/hash.o!hash_bytes", "lib/hash.o!hash_text"]));
            Assert.That(before.Differences(FileSnapshot.Take(project.Path("tree"))), Is.Empty);
        }
    }

    [Test]
    public void A_tree_that_was_never_made_is_reported()
    {
        var build = NewProject().CopySample("ObjectTree").Build();
        build.MustWarnWith("IPA2016");
        build.MustFailWith("IPA4001");
    }

    [Test]
    public void A_source_newer_than_its_object_is_reported()
    {
        var project = MadeSample("gcc");
        File.SetLastWriteTimeUtc(project.Path("tree", "lib", "hash.c"), DateTime.UtcNow.AddMinutes(1));
        var build = project.Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.EqualTo(["IPA2013"]));
            Assert.That(Manifest.Load(build.ManifestPath).Complete, Is.False, "the result is about the older source");
        }
    }

    [Test]
    public void Two_trees_need_names_if_their_objects_clash()
    {
        const string Trees = """
            <IpaObjectTree Include="one" {0} />
            <IpaObjectTree Include="two" {1} />
            <IpaPatchedFunction Include="f" AllMatches="true" />
            """;
        var project = NewProject();
        foreach (var tree in new[] { "one", "two" })
        {
            project.Write(tree + "/a.c", "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n")
                .Compile(tree + "/a.c", tree + "/a.o");
        }

        project.Wrap(Format(Trees, "", "")).Build().MustFailWith("IPA1007");
        var build = project.Wrap(Format(Trees, "TreeName=\"x\"", "TreeName=\"y\"")).Build().MustSucceed();
        Assert.That(build.ToPatch.Select(i => i.Identity), Is.EquivalentTo(["x/a.o!g", "y/a.o!g"]));
    }

    [Test]
    public void Scopes_index_and_all_agree()
    {
        var project = MadeSample("gcc");
        var index = Manifest.Load(project.Build("-p:IpaManifestScope=index").MustSucceed().ManifestPath);
        var allBuild = project.Build("-p:IpaManifestScope=all").MustSucceed();
        var all = Manifest.Load(allBuild.ManifestPath);
        var rows = index.Root.GetProperty("functions").EnumerateArray().Select(f =>
            $"{f.GetProperty("sourceFile")}:{f.GetProperty("function")} {f.GetProperty("instanceCount")} {f.GetProperty("affectedCount")} {f.GetProperty("functionsToPatchCount")}");
        var full = all.PatchedFunctions.Select(f =>
            $"{f.SourceFile}:{f.Function} {f.Instances.Count} {f.Affected.Count} {f.FunctionsToPatch.Count}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Is.EqualTo(IndexRows));
            Assert.That(full, Is.EqualTo(IndexRows));
            Assert.That(index.PatchedFunctions, Is.Empty);
            Assert.That(all.Members, Does.Not.Contain("functions"));
            Assert.That(allBuild.Affected, Is.Empty, "items are for scope patched only");
            Assert.That(all.Patched("hash_step").AffectedKeys, Has.Count.EqualTo(4));
        }
    }

    [Test]
    public void An_archive_of_dumps_alone_is_answered_as_far_as_it_goes()
    {
        var project = MadeSample("gcc");
        foreach (var dump in Directory.GetFiles(project.Path("tree"), "*.ipa-clones", SearchOption.AllDirectories))
        {
            project.Write(Path.Combine("archive", Path.GetRelativePath(project.Path("tree"), dump)), File.ReadAllBytes(dump));
        }

        File.Delete(project.ProjectFile);
        var build = project.Wrap("""
            <IpaObjectTree Include="archive" />
            <IpaPatchedFunction Include="hash_step" />
            <IpaPatchedFunction Include="never_named" />
            """).Build().MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);
        var step = manifest.Patched("hash_step");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.EqualTo(["IPA4002", "IPA4006", "IPA4006"]), "no object says what is emitted");
            Assert.That(manifest.Complete, Is.False);
            Assert.That(manifest.Summary("objects"), Is.EqualTo(3));
            Assert.That(step.AffectedKeys, Is.EqualTo(["app/main.o!main", "app/main.o!mix", "lib/hash.o!hash_bytes", "lib/hash.o!hash_text"]));
            Assert.That(step["mix"].Emitted, Is.Null);
            Assert.That(
                step.FunctionsToPatch,
                Is.EqualTo(["app/main.o!hash_step", "app/main.o!main", "app/main.o!mix", "lib/hash.o!hash_bytes", "lib/hash.o!hash_step", "lib/hash.o!hash_text"]),
                "what may be emitted has to be patched");
            Assert.That(build.Affected.Select(i => i["Emitted"]), Has.All.EqualTo("unknown"));
        }
    }

    [Test]
    public void Compile_commands_may_lie_elsewhere()
    {
        var project = NewProject().Write("src/a.c", "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n");
        project.Compile("src/a.c", "out/a.o").Write("meta/commands.json", $$"""
            [
              { "directory": "{{project.Directory}}", "file": "src/a.c", "output": "out/a.o", "command": "gcc -O2 -c src/a.c -o out/a.o" },
              { "directory": "{{project.Directory}}", "file": "src/b.c", "output": "out/b.o", "command": "gcc -O2 -c src/b.c -o out/b.o" }
            ]

            """).Write("src/b.c", "int h(int x) { return x; }\n");
        ChildProcess.MustRun(Tools.Require("gcc"), ["-O2", "-c", "src/b.c", "-o", "out/b.o"], project.Directory);
        var build = project.Wrap("""<IpaObjectTree Include="out" SourceDir="src" /><IpaPatchedFunction Include="f" />""")
            .Build("-p:IpaCompileCommands=meta/commands.json").MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.EqualTo(["IPA2010"]), "only the commands say that b.o was compiled from C");
            Assert.That(manifest.Complete, Is.False);
            Assert.That(manifest.Patched("f").SourceFile, Is.EqualTo("a.c"), "relative to the sources' directory");
            Assert.That(manifest.Patched("f").AffectedKeys, Is.EqualTo(["a.o!g"]));
        }
    }

    [Test]
    public void A_tree_name_may_clash_with_sources()
    {
        var project = NewProject().Write("src/a.c", "int one(int x) { return x; }\n").Write("tree/a.c", "int two(int x) { return x; }\n")
            .Compile("tree/a.c", "tree/a.o").Wrap("""
            <IpaSource Include="src/*.c" />
            <IpaObjectTree Include="tree" TreeName="$(TreeName)" />
            <IpaPatchedFunction Include="one" />
            <IpaPatchedFunction Include="two" />
            """);
        var error = project.Build("-p:TreeName=src").MustFailWith("IPA1007");
        var build = project.Build("-p:TreeName=others").MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain("src/a.o"));
            Assert.That(build.ToPatch.Select(i => i.Identity), Is.EquivalentTo(["src/a.o!one", "others/a.o!two"]));
        }
    }

    [Test]
    public void A_missing_directory_has_a_code() =>
        NewProject().Wrap("""<IpaObjectTree Include="absent" />""").Build().MustFailWith("IPA1004");

    private static string Format(string text, params object[] arguments) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, text, arguments);

    private TestProject MadeSample(string compiler)
    {
        Tools.Require("make");
        Tools.Require(compiler);
        var project = NewProject().CopySample("ObjectTree");
        ChildProcess.MustRun("make", ["CC=" + compiler], project.Path("tree"));
        return project;
    }
}
