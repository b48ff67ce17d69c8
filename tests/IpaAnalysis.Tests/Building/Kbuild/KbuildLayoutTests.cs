using IpaAnalysis.Building.Kbuild.Trees;

namespace IpaAnalysis.Tests.Building.Kbuild;

/// <summary>Where the files are that a kernel tree's messages name.</summary>
[TestFixture]
internal sealed class KbuildLayoutTests
{
    private static KbuildLayout Layout(Sandbox sandbox, string output) => new()
    {
        Place = sandbox.PathOf("linux"),
        WorkingDirectory = sandbox.PathOf(output),
        ObjectDirectory = sandbox.PathOf(output),
        SourceDirectory = sandbox.PathOf("linux"),
        Directories = [sandbox.PathOf(output), sandbox.PathOf("linux")],
        IsUsersMakefile = static _ => false,
    };

    [TestCase("linux/kernel/bounds.c", "build", "build/kernel/bounds.s")]
    [TestCase("linux/kernel/time.c", "build", "build/kernel/time.o")]
    [TestCase("linux/kernel/time.c", "linux/build", "linux/build/kernel/time.o")]
    [TestCase("linux/kernel/time.c", "linux", "linux/kernel/time.o")]
    [TestCase("linux/scripts/sorttable.c", "build", "build/scripts/sorttable")]
    [TestCase("linux/gone.c", "build", "build/gone.o")]
    [TestCase("build/generated.c", "build", "build/generated.o")]
    [TestCase("linux/build/generated.c", "linux/build", "linux/build/generated.o")]
    [TestCase("elsewhere/a.c", "build", "elsewhere/a.o")]
    public void What_a_source_is_compiled_to(string source, string output, string product)
    {
        using var sandbox = new Sandbox();
        foreach (var made in (string[])["kernel/bounds.s", "kernel/time.o", "scripts/sorttable", "generated.o"])
        {
            sandbox.Write($"{output}/{made}", "");
        }

        Assert.That(Layout(sandbox, output).ProductOf(sandbox.PathOf(source)), Is.EqualTo(sandbox.PathOf(product)));
    }

    [TestCase("kernel/time.c", "linux/kernel/time.c")]
    [TestCase("../linux/kernel/time.c", "linux/kernel/time.c")]
    [TestCase("generated.h", "build/generated.h")]
    [TestCase("nowhere.c", "build/nowhere.c")]
    public void Where_a_relative_path_leads(string path, string file)
    {
        using var sandbox = new Sandbox();
        sandbox.Write("linux/kernel/time.c", "");
        sandbox.Write("linux/generated.h", "");
        sandbox.Write("build/generated.h", "");
        Assert.That(Layout(sandbox, "build").Paths().ToAbsolute(path), Is.EqualTo(sandbox.PathOf(file)));
    }
}
