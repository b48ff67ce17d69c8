using System.Reflection;
using System.Text.RegularExpressions;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Diagnostics;

[TestFixture]
internal sealed partial class DiagnosticCatalogTests
{
    [Test]
    public void All_holds_every_code_once_and_in_order()
    {
        var fields = typeof(DiagnosticCatalog)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
            .Select(f => (DiagnosticDescriptor)f.GetValue(null)!);
        Assert.That(DiagnosticCatalog.All, Is.EquivalentTo(fields));
        Assert.That(DiagnosticCatalog.All.Select(d => d.Code), Is.Ordered.Ascending.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
        Assert.That(DiagnosticCatalog.All.Select(d => d.Title), Is.Unique);
        Assert.That(DiagnosticCatalog.All.Select(d => d.Code), Is.All.Matches("^IPA[1-69][0-9]{3}$"));
    }

    [Test]
    public void Each_code_has_one_chapter_in_the_package_readme_with_its_title_and_severity()
    {
        var readme = File.ReadAllText(RepositoryFile.PathOf("nuget/README.md"));
        var chapters = Chapter().Matches(readme).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value));
        var codes = DiagnosticCatalog.All.Select(d => (d.Code, d.Title, d.Severity.ToString().ToLowerInvariant()));
        Assert.That(chapters, Is.EqualTo(codes));
    }

    [Test]
    public void A_chapter_says_incomplete_exactly_where_the_code_means_it()
    {
        var readme = File.ReadAllText(RepositoryFile.PathOf("nuget/README.md"));
        foreach (var descriptor in DiagnosticCatalog.All)
        {
            var start = readme.IndexOf($"### {descriptor.Code}\n", StringComparison.Ordinal);
            var end = readme.IndexOf("\n### ", start + 1, StringComparison.Ordinal);
            var chapter = readme[start..(end < 0 ? readme.Length : end)];
            Assert.That(chapter.Contains("manifest is incomplete", StringComparison.Ordinal), Is.EqualTo(descriptor.MeansIncomplete), descriptor.Code);
        }
    }

    [Test]
    public void The_targets_raise_only_codes_of_the_table()
    {
        var raised = new[] { "nuget/build/IpaAnalysis.MSBuild.targets", "nuget/buildMultiTargeting/IpaAnalysis.MSBuild.targets" }
            .SelectMany(f => RaisedCode().Matches(File.ReadAllText(RepositoryFile.PathOf(f))).Select(m => m.Groups[1].Value))
            .Distinct()
            .ToArray();
        Assert.That(raised, Is.Not.Empty);
        Assert.That(raised, Is.SubsetOf(DiagnosticCatalog.All.Select(d => d.Code)));
    }

    [GeneratedRegex(@"^### (IPA\d{4})\n\n\*\*(.+)\*\* \((error|warning|info)\)\.", RegexOptions.Multiline)]
    private static partial Regex Chapter();

    [GeneratedRegex("Code=\"(IPA\\d{4})\"")]
    private static partial Regex RaisedCode();
}
