using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>A SARIF log, read back for assertions.</summary>
internal sealed class SarifLog
{
    private SarifLog(JsonElement root) => Run = root.GetProperty("runs")[0];

    /// <summary>The only run.</summary>
    public JsonElement Run { get; }

    /// <summary>The results, in the log's order.</summary>
    public JsonElement[] Results => [.. Run.GetProperty("results").EnumerateArray()];

    /// <summary>The rules, in the log's order.</summary>
    public JsonElement[] Rules => [.. Run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];

    /// <summary>Reads a log, and fails the test if it does not validate.</summary>
    /// <param name="content">The log.</param>
    /// <param name="schemaFile">The tests' schema of what the package writes.</param>
    /// <param name="mustBeValid">False for a log of values that no analysis makes.</param>
    public static SarifLog Parse(byte[] content, string schemaFile, bool mustBeValid = true)
    {
        using var log = JsonDocument.Parse(content);
        using var schema = JsonDocument.Parse(File.ReadAllBytes(schemaFile));
        Assert.That(mustBeValid ? JsonSchemaValidator.Validate(schema.RootElement, log.RootElement) : [], Is.Empty, "The SARIF log does not validate.");
        return new SarifLog(log.RootElement.Clone());
    }
}
