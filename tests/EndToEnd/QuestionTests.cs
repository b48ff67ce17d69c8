using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary><c>dotnet build -question</c> passes after a build, names what changed after a change, and never does anything.</summary>
internal sealed class QuestionTests : PackageTest
{
    [Test]
    public void Sources_and_an_object_tree()
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """
            <IpaSource Include="src/*.c" />
            <IpaObjectTree Include="tree" TreeName="tree" />
            <IpaPatchedFunction Include="find_record" />
            """);
        project.Write("tree/src/x.c", "int x(int a) { return a; }\n").Compile("tree/src/x.c", "tree/x.o");
        project.Build().MustSucceed();
        MustPass(project);

        // What was only touched is read, and says the same.
        foreach (var file in (string[])["tree/x.c.000i.ipa-clones", "tree/x.o", "tree/src/x.c", "src/count.c"])
        {
            File.SetLastWriteTimeUtc(project.Path(file), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        }

        MustPass(project);

        // What says something else is named, and the same again with its old time.
        var dump = project.Path("tree", "x.c.000i.ipa-clones");
        var text = File.ReadAllText(dump);
        File.AppendAllText(dump, "Callgraph clone;x;0;tree/src/x.c;1;5;y;1;tree/src/x.c;1;5;inlining to\n");
        File.SetLastWriteTimeUtc(dump, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(MustRefuse(project).File, Does.EndWith("x.c.000i.ipa-clones"));
        File.WriteAllText(dump, text);
        MustPass(project);

        project.Edit("src/count.c", "count++;", "count += 1;");
        Assert.That(MustRefuse(project).File, Does.EndWith("count.c"));
        project.Build().MustSucceed();
        MustPass(project);

        Directory.Delete(project.Path("tree", "src"), recursive: true);
        project.Compile("src/count.c", "tree/more/count.o");
        Assert.That(MustRefuse(project).Message, Does.Contain("not up to date"));
        project.Build().MustSucceed();
        MustPass(project);
        MustPass(project, "-mt");
        Assert.That(project.Build("-question", "--no-restore", "-p:IpaManifestScope=all").MustFailWith("IPA1023").File, Does.EndWith("affected-functions.json"));
    }

    [Test]
    public void A_kernel_module_without_make()
    {
        Tools.RequireKernelHeaders();
        var project = NewProject().CopySample("KernelModule");
        var counter = project.Path("started");
        project.Write("mymake", $"#!/bin/sh\necho started >> '{counter}'\nexec make \"$@\"\n");
        File.SetUnixFileMode(project.Path("mymake"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string make = "-p:IpaMake=" + project.Path("mymake");
        Assert.That(project.Build("-question", make).Succeeded, Is.False);
        Assert.That(File.Exists(counter), Is.False);
        project.Build(make).MustSucceed();
        project.Build(make).MustSucceed();
        MustPass(project, make);
        Assert.That(File.ReadAllLines(counter), Has.Length.EqualTo(1));

        project.Edit("module/ring.c", "#include", "/* changed */\n#include");
        Assert.That(MustRefuse(project, make).File, Does.EndWith("module/ring.c"));
        Assert.That(File.ReadAllLines(counter), Has.Length.EqualTo(1));
        project.Build(make).MustSucceed();
        MustPass(project, make);
        Assert.That(File.ReadAllLines(counter), Has.Length.EqualTo(2));
    }

    private static void MustPass(TestProject project, params string[] arguments)
    {
        var before = FileSnapshot.Take(project.Directory);
        project.Build(["-question", "--no-restore", .. arguments]).MustSucceed();
        Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
    }

    private static LogEntry MustRefuse(TestProject project, params string[] arguments)
    {
        var before = FileSnapshot.Take(project.Directory);
        var error = project.Build(["-question", "--no-restore", .. arguments]).MustFailWith("IPA1023");
        Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
        return error;
    }
}
