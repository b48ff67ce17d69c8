using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>A manifest, read back for assertions.</summary>
internal sealed class Manifest
{
    private readonly JsonElement _root;

    private Manifest(JsonElement root) => _root = root;

    /// <summary>The cell <c>complete</c>.</summary>
    public bool Complete => _root.GetProperty("complete").GetBoolean();

    /// <summary>The gate's judgement.</summary>
    public GateSection Gate => GateSection.Read(_root.GetProperty("gate"));

    /// <summary>The compilers named.</summary>
    public IReadOnlyList<string> Compilers => [.. _root.GetProperty("compilers").EnumerateArray().Select(c => c.ToString())];

    /// <summary>The codes of the diagnostics, in the manifest's order.</summary>
    public IReadOnlyList<string> DiagnosticCodes => [.. Diagnostics.Select(d => d.GetProperty("code").GetString()!)];

    /// <summary>The diagnostics.</summary>
    public IEnumerable<JsonElement> Diagnostics => _root.GetProperty("diagnostics").EnumerateArray();

    /// <summary>The patched functions.</summary>
    public IReadOnlyList<PatchedFunction> PatchedFunctions =>
        [.. _root.GetProperty("patchedFunctions").EnumerateArray().Select(PatchedFunction.Read)];

    /// <summary>The names of the top-level members, in order.</summary>
    public IReadOnlyList<string> Members => [.. _root.EnumerateObject().Select(p => p.Name)];

    /// <summary>The whole document.</summary>
    public JsonElement Root => _root;

    /// <summary>Reads a manifest, and fails the test if it does not validate against the schema beside it.</summary>
    public static Manifest Load(string path)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(path));
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, "affected-functions.schema.json")));
        Assert.That(JsonSchemaValidator.Validate(schema.RootElement, manifest.RootElement), Is.Empty, "The manifest does not validate against its schema.");
        return new Manifest(manifest.RootElement.Clone());
    }

    /// <summary>A number of the summary.</summary>
    public int Summary(string name) => _root.GetProperty("summary").GetProperty(name).GetInt32();

    /// <summary>The one patched function of this name.</summary>
    public PatchedFunction Patched(string function)
    {
        var found = PatchedFunctions.Where(p => p.Function == function).ToList();
        Assert.That(found, Has.Count.EqualTo(1), $"patched functions named {function}");
        return found[0];
    }
}
