using System.Text.RegularExpressions;

namespace IpaAnalysis.Tests.Repository;

/// <summary>What tests/README.md names is there.</summary>
internal sealed partial class TestGuideTests
{
    [Test]
    public void Every_class_and_script_that_the_guide_names_is_there()
    {
        var guide = File.ReadAllText(RepositoryFile.PathOf("tests/README.md"));
        string[] classes = [.. ClassName().Matches(guide).Select(m => m.Groups[1].Value).Distinct()];
        string[] scripts = [.. ScriptName().Matches(guide).Select(m => m.Value).Distinct()];
        var tests = Path.GetDirectoryName(RepositoryFile.PathOf("tests/README.md"))!;
        string[] files = [.. Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetFileNameWithoutExtension(f)).Distinct()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(classes, Has.Length.GreaterThan(80));
            Assert.That(classes, Is.SubsetOf(files));
            Assert.That(scripts, Has.Length.GreaterThan(5));
            Assert.That(scripts.Where(s => !File.Exists(RepositoryFile.PathOf(s))), Is.Empty);
        }
    }

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)`")]
    private static partial Regex ClassName();

    [GeneratedRegex("build/[a-z-]+\\.sh")]
    private static partial Regex ScriptName();
}
