using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>What only another package changes.</summary>
internal sealed class StepTests : PackageTest
{
    [Test]
    public void Another_version_of_the_package_runs_every_step_of_the_analysis()
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """
            <IpaSource Include="src/*.c" />
            <IpaPatchedFunction Include="find_record" />
            """);
        project.Build().MustSucceed();
        var same = project.Build().MustSucceed();
        var tasks = AnotherVersion(project);
        var other = project.Build($"-p:_IpaTasks={tasks}").MustSucceed();
        var sources = Directory.GetFiles(project.Path("src"), "*.c").Length;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(same), Is.EqualTo([$"compile: {sources} cached", "collect: cached", "summarise: cached", "resolve: cached", "impact: cached", "exact: cached", "gate: cached", "outputs: cached"]));
            Assert.That(Steps(other), Is.EqualTo([
                $"compile: {sources} cached", "collect: unchanged", $"summarise: {sources} new", "resolve: unchanged", "impact: unchanged", "exact: unchanged", "gate: unchanged", "outputs: unchanged"]));
        }
    }

    private static string[] Steps(BuildResult build) =>
    [
        .. build.Log.Messages.Where(static m => m.StartsWith("Step ", StringComparison.Ordinal))
            .Select(static m => m["Step ".Length..].Split(" (")[0].TrimEnd('.')),
    ];

    /// <summary>The package's tasks with another identity of the library, as every change of its code gives it one.</summary>
    private static string AnotherVersion(TestProject project)
    {
        var tasks = Path.Combine(PackageFeed.Current.PackageCache, "ipaanalysis.msbuild", PackageFeed.Current.Version, "tasks", "net10.0");
        var copy = project.Path("tasks");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(tasks))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var library = Path.Combine(copy, "IpaAnalysis.dll");
        var bytes = File.ReadAllBytes(library);
        using var image = new PEReader(new MemoryStream(bytes.ToArray()));
        var metadata = image.GetMetadataReader();
        var identity = metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToByteArray();
        var places = 0;
        for (var at = 0; bytes.AsSpan(at).IndexOf(identity) is >= 0 and var next; at += next + identity.Length)
        {
            bytes[at + next] ^= 0x55;
            places++;
        }

        Assert.That(places, Is.Positive);
        File.WriteAllBytes(library, bytes);
        return Path.Combine(copy, "IpaAnalysis.MSBuild.dll");
    }
}
