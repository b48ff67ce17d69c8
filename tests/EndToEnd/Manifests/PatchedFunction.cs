using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>A row of <c>patchedFunctions</c>.</summary>
/// <param name="Function">Its source-level name.</param>
/// <param name="SourceFile">Its file; null when unknown.</param>
/// <param name="Line">Its line; null when unknown.</param>
/// <param name="Instances"><c>object!symbol</c> of each instance, with <c> -</c> behind those not emitted.</param>
/// <param name="Affected">What it affects.</param>
/// <param name="FunctionsToPatch"><c>object!symbol</c> of each function to patch.</param>
/// <param name="Exact">Whether it is known exactly what depends on it; null where the manifest does not say.</param>
/// <param name="InexactBecause"><c>object: cause</c> of each cause.</param>
/// <param name="UnsafeCallees"><c>object!symbol pass</c> of each callee that must not be called.</param>
/// <param name="FoldedVariables"><c>object!variable</c> of each folded variable.</param>
internal sealed record PatchedFunction(
    string Function,
    string? SourceFile,
    int? Line,
    IReadOnlyList<string> Instances,
    IReadOnlyList<AffectedFunction> Affected,
    IReadOnlyList<string> FunctionsToPatch,
    bool? Exact,
    IReadOnlyList<string> InexactBecause,
    IReadOnlyList<string> UnsafeCallees,
    IReadOnlyList<string> FoldedVariables)
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
        [.. e.GetProperty("functionsToPatch").EnumerateArray().Select(Key)],
        e.TryGetProperty("exact", out var exact) ? exact.GetBoolean() : null,
        [.. List(e, "inexactBecause").Select(c => $"{c.GetProperty("object").GetString()}: {c.GetProperty("cause").GetString()}")],
        [.. List(e, "unsafeCallees").Select(c => $"{Key(c)} {c.GetProperty("pass").GetString()}")],
        [.. List(e, "foldedVariables").Select(v => $"{v.GetProperty("object").GetString()}!{v.GetProperty("variable").GetString()}")]);

    private static JsonElement.ArrayEnumerator List(JsonElement e, string name) =>
        e.TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    private static string Key(JsonElement e) => $"{e.GetProperty("object").GetString()}!{e.GetProperty("symbol").GetString()}";
}
