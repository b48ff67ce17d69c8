using System.Xml.Linq;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>What a newcomer copies.</summary>
internal sealed class SampleTests
{
    private static IEnumerable<string> Samples =>
        Directory.GetFiles(Repository.Path("tests", "Samples"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p));

    [TestCaseSource(nameof(Samples))]
    public void A_sample_names_the_current_version(string sample)
    {
        var repository = Property(XDocument.Load(Repository.Path("Directory.Build.props")), "Version");
        var project = XDocument.Load(Repository.Path("tests", "Samples", sample, sample + ".csproj"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Property(project, "IpaAnalysisVersion"), Is.EqualTo(repository));
            var reference = project.Descendants("PackageReference").Single();
            Assert.That((string?)reference.Attribute("Include"), Is.EqualTo("IpaAnalysis.MSBuild"));
            Assert.That((string?)reference.Attribute("Version"), Is.EqualTo("$(IpaAnalysisVersion)"));
            Assert.That((string?)reference.Attribute("PrivateAssets"), Is.EqualTo("all"));
        }
    }

    [TestCaseSource(nameof(Samples))]
    public void A_sample_is_cut_off_from_the_repository(string sample)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Repository.Path("tests", "Samples", "Directory.Build.props"), Does.Exist);
            Assert.That(Repository.Path("tests", "Samples", "Directory.Build.targets"), Does.Exist);
            Assert.That(File.ReadAllText(Repository.Path("IpaAnalysis.sln")), Does.Not.Contain(sample + ".csproj"));
        }
    }

    [Test]
    public void The_samples_show_both_sdks() =>
        Assert.That(
            Samples.Select(s => (string?)XDocument.Load(Repository.Path("tests", "Samples", s, s + ".csproj")).Root!.Attribute("Sdk")),
            Does.Contain("Microsoft.NET.Sdk").And.Contain("Microsoft.Build.NoTargets/3.7.0"));

    private static string Property(XDocument project, string name) => project.Descendants(name).Single().Value;
}
