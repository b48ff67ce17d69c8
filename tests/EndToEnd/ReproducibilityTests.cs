using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>The manifest's bytes depend on the sources and the compiler, and on nothing else.</summary>
internal sealed class ReproducibilityTests : PackageTest
{
    // Turkish has another upper case of i, and a comma in its numbers.
    private static readonly Dictionary<string, string?> Turkish = new()
    {
        ["LANG"] = "tr_TR.UTF-8",
        ["LC_ALL"] = "tr_TR.UTF-8",
        ["DOTNET_CLI_UI_LANGUAGE"] = "tr",
    };

    [Test]
    public void The_culture_of_these_builds_is_really_another()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT") is "1" or "true")
        {
            Assert.Ignore("This machine's .NET runs without cultures.");
        }

        var build = NewProject().Wrap("", targets: """
            <Target Name="ShowCulture" AfterTargets="Build">
              <Warning Code="TST1" Text="$([System.String]::Copy('i').ToUpper())" />
            </Target>
            """).Run("Build", [], Turkish);
        Assert.That(build.MustWarnWith("TST1").Message, Is.EqualTo("İ"));
    }

    [Test]
    public void Sources()
    {
        Tools.Require("gcc");
        var one = NewProject("one").CopySample("QuickStart").Write("src/warns.c", "static int unused(void) { return 0; }\n");
        var two = NewProject("an other dïrectory").CopySample("QuickStart").Write("src/warns.c", "static int unused(void) { return 0; }\n");
        var first = one.Run("Build", ["-p:IpaMakeJobs=1", "-p:IpaCompilerFlags=-O2 -Wall"]).MustSucceed();
        var second = two.Run("Build", ["-p:IpaMakeJobs=7", "-p:IpaCompilerFlags=-O2 -Wall"], Turkish).MustSucceed();
        Same(first, second);
    }

    [Test]
    public void Object_tree_that_was_moved()
    {
        Tools.Require("make");
        Tools.Require("gcc");
        var project = NewProject("one").CopySample("ObjectTree");
        ChildProcess.MustRun("make", [], project.Path("tree"));
        var first = File.ReadAllText(project.Build().MustSucceed().ManifestPath);
        project.Run("Clean").MustSucceed();
        project.Move("twö");
        Assert.That(File.ReadAllText(project.Run("Build", [], Turkish).MustSucceed().ManifestPath), Is.EqualTo(first));
    }

    [Test]
    public void Kernel_module()
    {
        Tools.RequireKernelHeaders();
        var first = NewProject("one").CopySample("KernelModule").Run("Build", ["-p:IpaMakeJobs=1"]).MustSucceed();
        var second = NewProject("two").CopySample("KernelModule").Run("Build", ["-p:IpaMakeJobs=5"], Turkish).MustSucceed();
        Same(first, second);
    }

    [Test]
    public void The_form_of_the_file_is_fixed()
    {
        Tools.Require("gcc");
        var bytes = File.ReadAllBytes(NewProject().CopySample("QuickStart").Build().MustSucceed().ManifestPath);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bytes[0], Is.EqualTo((byte)'{'), "no byte order mark");
            Assert.That(bytes[^1], Is.EqualTo((byte)'\n'));
            Assert.That(bytes, Has.None.EqualTo((byte)'\r'));
            Assert.That(System.Text.Encoding.UTF8.GetString(bytes), Does.StartWith("{\n  \"$schema\": \"affected-functions.schema.json\",\n  \"schemaVersion\": 1,\n"));
        }
    }

    private static void Same(BuildResult first, BuildResult second) =>
        Assert.That(File.ReadAllText(second.ManifestPath), Is.EqualTo(File.ReadAllText(first.ManifestPath)));
}
