using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>What is in the package, and what must not be.</summary>
[Category("EndToEnd")]
internal sealed class PackageLayoutTests
{
    [Test]
    public void The_package_holds_tasks_targets_schema_and_readme()
    {
        var files = Files();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Does.Contain("build/IpaAnalysis.MSBuild.props"));
            Assert.That(files, Does.Contain("build/IpaAnalysis.MSBuild.targets"));
            Assert.That(files, Does.Contain("tasks/net10.0/IpaAnalysis.dll"));
            Assert.That(files, Does.Contain("tasks/net10.0/IpaAnalysis.MSBuild.dll"));
            Assert.That(files, Does.Contain("tasks/net10.0/IpaAnalysis.MSBuild.deps.json"));
            Assert.That(files, Does.Contain("tasks/net10.0/QuikGraph.dll"));
            Assert.That(files, Does.Contain("tasks/net10.0/SharpCompress.dll"));
            Assert.That(files, Does.Contain("tasks/net10.0/System.IO.Hashing.dll"));
            Assert.That(files, Does.Contain("schema/affected-functions.schema.json"));
            Assert.That(files, Does.Contain("README.md"));
            Assert.That(files, Does.Contain("LICENSE"));
        }
    }

    [TestCase("IpaAnalysis.dll", true)]
    [TestCase("IpaAnalysis.MSBuild.dll", true)]
    [TestCase("QuikGraph.dll", false)]
    [TestCase("System.IO.Hashing.dll", false)]
    public void Its_assemblies_are_compiled_ahead_and_keep_what_other_machines_need(string name, bool isOurs)
    {
        using var image = new PEReader([.. Content("tasks/net10.0/" + name)]);
        var native = image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory;
        var metadata = image.GetMetadataReader();
        var hasIL = metadata.MethodDefinitions.Any(m => metadata.GetMethodDefinition(m).RelativeVirtualAddress != 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(native.Size, Is.GreaterThan(0), "IL only: was it packed with IpaReadyToRun=false?");
            Assert.That(image.GetSectionData(native.RelativeVirtualAddress).GetReader(0, 4).ReadUInt32(), Is.EqualTo(0x00525452), "RTR");
            Assert.That(hasIL, Is.True);
            if (isOurs)
            {
                Assert.That(image.ReadDebugDirectory().Select(d => d.Type), Does.Contain(DebugDirectoryEntryType.EmbeddedPortablePdb));
            }
        }
    }

    [Test]
    public void It_brings_nothing_that_msbuild_has_and_no_library()
    {
        var files = Files();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Has.None.StartsWith("lib/"));
            Assert.That(files, Has.None.StartsWith("buildTransitive/"));
            Assert.That(files, Has.None.Contains("/Microsoft.Build"));
            Assert.That(files.Where(f => f != "tasks/net10.0/System.IO.Hashing.dll"), Has.None.Contains("/System."), "that one has to be of our version: MSBuild's own may be another");
        }
    }

    [Test]
    public void It_is_a_development_dependency_without_dependencies()
    {
        using var package = ZipFile.OpenRead(PackageFeed.Current.PackageFile);
        using var nuspec = package.GetEntry("IpaAnalysis.MSBuild.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(metadata.Elements().Single(e => e.Name.LocalName == "developmentDependency").Value, Is.EqualTo("true"));
            Assert.That(metadata.Descendants().Where(e => e.Name.LocalName == "dependency"), Is.Empty);
            Assert.That(metadata.Elements().Single(e => e.Name.LocalName == "license").Value, Is.EqualTo("MIT"));
        }
    }

    private static byte[] Content(string file)
    {
        using var package = ZipFile.OpenRead(PackageFeed.Current.PackageFile);
        using var entry = package.GetEntry(file)!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    private static List<string> Files()
    {
        using var package = ZipFile.OpenRead(PackageFeed.Current.PackageFile);
        return [.. package.Entries.Select(e => e.FullName)];
    }
}
