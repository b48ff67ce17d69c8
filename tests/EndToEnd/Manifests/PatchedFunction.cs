using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>A row of <c>patchedFunctions</c>.</summary>
/// <param name="Function">Its source-level name.</param>
/// <param name="SourceFile">Its file; null when unknown.</param>
/// <param name="Line">Its line; null when unknown.</param>
/// <param name="Instances"><c>object!symbol</c> of each instance, with <c> -</c> behind those not emitted.</param>
/// <param name="Affected">What it affects.</param>
/// <param name="FunctionsToPatch"><c>object!symbol</c> of each function to patch.</param>
internal sealed record PatchedFunction(
    string Function,
    string? SourceFile,
    int? Line,
    IReadOnlyList<string> Instances,
    IReadOnlyList<AffectedFunction> Affected,
    IReadOnlyList<string> FunctionsToPatch)
{
    /// <summary><c>object!symbol</c> of each affected function.</summary>
    public IReadOnlyList<string> AffectedKeys => [.. Affected.Select(a => a.Key)];

    /// <summary>The affected function of this symbol.</summary>
    public AffectedFunction this[string symbol]
    {
        get
        {
            var found = Affected.Where(a => a.Symbol == symbol).ToList();
            Assert.That(found, Has.Count.EqualTo(1), $"{symbol} among {string.Join(", ", AffectedKeys)}");
            return found[0];
        }
    }

    /// <summary>Reads a row.</summary>
    public static PatchedFunction Read(JsonElement e) => new(
        e.GetProperty("function").GetString()!,
        e.GetProperty("sourceFile").GetString(),
        AffectedFunction.Number(e, "line"),
        [.. e.GetProperty("instances").EnumerateArray().Select(i => Key(i) + (AffectedFunction.Boolean(i, "emitted") == false ? " -" : ""))],
        [.. e.GetProperty("affected").EnumerateArray().Select(AffectedFunction.Read)],
        [.. e.GetProperty("functionsToPatch").EnumerateArray().Select(Key)]);

    private static string Key(JsonElement e) => $"{e.GetProperty("object").GetString()}!{e.GetProperty("symbol").GetString()}";
}
