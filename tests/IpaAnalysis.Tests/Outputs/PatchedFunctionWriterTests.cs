using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.Graph;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Outputs;

/// <summary>Functions that are written apart and put in are what one writer makes of the whole.</summary>
internal sealed class PatchedFunctionWriterTests
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Test]
    public void Random_objects()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            AssertAsThePlatformWrites(DependencyGraph.Build([RandomUnit.Of(seed, "a.o").ToUnit(), RandomUnit.Of(seed + 1, "b.o").ToUnit()]));
        }
    }

    [Test]
    public void Names_that_JSON_gives_a_meaning()
    {
        string[] names = ["a\"b", "a\\b", "tab\there", "ü", "😀", "line\u2028break", "del\u007f", "<&'+>", "nul\u0001", "é\u0301", "\ufeffmark", "\ue000", new('n', 100_000), new('ü', 100_000)];
        var unit = new UnitText("obj\"ü\\.o") { Source = "d\"ir\\ü/u\u2028.c" };
        foreach (var name in names)
        {
            unit.Inline(name, $"{name}2").Clone(name, $"{name}.constprop.0", "constprop").Call($"{name}2", $"{name}.constprop.0");
        }

        AssertAsThePlatformWrites(DependencyGraph.Build([unit.ToUnit()]));
    }

    private static void AssertAsThePlatformWrites(DependencyGraph graph)
    {
        var manifest = ManifestText.Of(Analysis.Run(
            graph, new AnalysisOptions { Scope = ManifestScope.All, NormalizePath = p => p }, [], CancellationToken.None));
        using var document = JsonDocument.Parse(manifest);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options))
        {
            document.WriteTo(writer);
        }

        Assert.That(document.RootElement.GetProperty("patchedFunctions").GetArrayLength(), Is.Positive);
        Assert.That(manifest, Is.EqualTo(Encoding.UTF8.GetString(stream.ToArray()) + "\n"));
    }
}
