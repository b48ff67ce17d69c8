using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>A row of <c>affected</c>.</summary>
/// <param name="Object">Its object.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Function">Its source-level name.</param>
/// <param name="SourceFile">Its file; null when unknown.</param>
/// <param name="Line">Its line; null when unknown.</param>
/// <param name="Emitted">Whether the object has code for it; null when unknown.</param>
/// <param name="Reasons"><c>kind from symbol</c> of each reason.</param>
/// <param name="Passes">The pass of each reason, in the same order.</param>
internal sealed record AffectedFunction(
    string Object,
    string Symbol,
    string Function,
    string? SourceFile,
    int? Line,
    bool? Emitted,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string?> Passes)
{
    /// <summary><c>object!symbol</c>.</summary>
    public string Key => $"{Object}!{Symbol}";

    /// <summary>Reads a row.</summary>
    public static AffectedFunction Read(JsonElement e) => new(
        e.GetProperty("object").GetString()!,
        e.GetProperty("symbol").GetString()!,
        e.GetProperty("function").GetString()!,
        e.GetProperty("sourceFile").GetString(),
        Number(e, "line"),
        Boolean(e, "emitted"),
        [.. e.GetProperty("reasons").EnumerateArray().Select(r => $"{r.GetProperty("kind").GetString()} from {r.GetProperty("from").GetString()}")],
        [.. e.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("pass").GetString())]);

    /// <summary>A number or null.</summary>
    public static int? Number(JsonElement e, string name) =>
        e.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;

    /// <summary>True, false or null.</summary>
    public static bool? Boolean(JsonElement e, string name) =>
        e.GetProperty(name).ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
}
