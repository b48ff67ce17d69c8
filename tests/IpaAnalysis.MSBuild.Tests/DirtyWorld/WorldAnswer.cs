using System.Text.Json;

namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>What a build said of one patched function.</summary>
/// <param name="Complete">The manifest's promise.</param>
/// <param name="Exact">The function's promise; null when there is no answer for it.</param>
/// <param name="Affected">The affected symbols, without their objects, sorted.</param>
/// <param name="Text">Everything that was told: codes, messages, causes.</param>
internal sealed record WorldAnswer(bool Complete, bool? Exact, string[] Affected, string Text)
{
    /// <summary>The function that was found under the name; null when there is no answer.</summary>
    public string? Function { get; private init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="manifest">The manifest; null when the build wrote none.</param>
    /// <param name="told">What the tasks reported.</param>
    public static WorldAnswer Read(string? manifest, IEnumerable<string> told)
    {
        var text = string.Join('\n', told);
        if (manifest is null)
        {
            return new WorldAnswer(false, null, [], text);
        }

        using var document = JsonDocument.Parse(manifest);
        var root = document.RootElement;
        var functions = root.GetProperty("patchedFunctions").EnumerateArray().ToArray();
        foreach (var diagnostic in root.GetProperty("diagnostics").EnumerateArray())
        {
            text += $"\n{diagnostic.GetProperty("code")} {diagnostic.GetProperty("message")}";
        }

        foreach (var cause in functions.SelectMany(f => f.GetProperty("inexactBecause").EnumerateArray()))
        {
            text += $"\n{cause.GetProperty("object")}: {cause.GetProperty("cause")}";
        }

        return new WorldAnswer(
            root.GetProperty("complete").GetBoolean(),
            functions.Length == 0 ? null : functions.All(f => f.GetProperty("exact").GetBoolean()),
            [.. functions.SelectMany(f => f.GetProperty("affected").EnumerateArray()).Select(a => a.GetProperty("symbol").GetString()!).Order(StringComparer.Ordinal)],
            text)
        {
            Function = functions.Select(f => f.GetProperty("function").GetString()).FirstOrDefault(),
        };
    }

    public override string ToString() => $"complete: {Complete}, exact: {Exact}, affected: {string.Join(' ', Affected)}\n{Text}";
}
