namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>What one build left.</summary>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Output">The console's text: for failure messages and for what <c>IpaExplain</c> prints.</param>
/// <param name="Log">The binary log.</param>
/// <param name="Items">The items after the build by name; empty lists when there are none.</param>
/// <param name="Properties">The properties after the build by name.</param>
internal sealed record BuildResult(
    int ExitCode,
    string Output,
    BuildLog Log,
    IReadOnlyDictionary<string, IReadOnlyList<BuildItem>> Items,
    IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>Whether the build succeeded.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary><c>@(IpaAffectedFunction)</c>.</summary>
    public IReadOnlyList<BuildItem> Affected => Items.GetValueOrDefault("IpaAffectedFunction", []);

    /// <summary><c>@(IpaFunctionToPatch)</c>.</summary>
    public IReadOnlyList<BuildItem> ToPatch => Items.GetValueOrDefault("IpaFunctionToPatch", []);

    /// <summary><c>@(IpaManifest)</c>'s full path.</summary>
    public string ManifestPath
    {
        get
        {
            var manifests = Items.GetValueOrDefault("IpaManifest", []);
            Assert.That(manifests, Has.Count.EqualTo(1), $"@(IpaManifest). {Explain()}");
            return manifests[0]["FullPath"];
        }
    }

    /// <summary>The codes of our errors and warnings, sorted.</summary>
    public IReadOnlyList<string> Codes => [.. Log.Diagnostics.Select(d => d.Code).Order(StringComparer.Ordinal)];

    /// <summary>Fails the test unless the build succeeded.</summary>
    public BuildResult MustSucceed()
    {
        Assert.That(ExitCode, Is.Zero, Explain());
        return this;
    }

    /// <summary>Fails the test unless the build failed with an error of this code; returns the first of them.</summary>
    public LogEntry MustFailWith(string code)
    {
        Assert.That(ExitCode, Is.Not.Zero, Explain());
        var error = Log.Errors.FirstOrDefault(e => e.Code == code);
        Assert.That(error, Is.Not.Null, $"No error {code}. {Explain()}");
        return error!;
    }

    /// <summary>Fails the test unless a warning of this code was logged; returns the first of them.</summary>
    public LogEntry MustWarnWith(string code)
    {
        var warning = Log.Warnings.FirstOrDefault(e => e.Code == code);
        Assert.That(warning, Is.Not.Null, $"No warning {code}. {Explain()}");
        return warning!;
    }

    private string Explain() =>
        $"Exit status {ExitCode}.\n{string.Join('\n', Log.Errors.Concat(Log.Warnings))}\n{Output}";
}
