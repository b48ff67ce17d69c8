using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Gating.Policies;

/// <summary>
/// A baseline as a file that is checked in: JSON, sorted, an object or function a line, so that a review shows what became
/// better or worse. Objects with the same violations stand together, as most of a tree has them.
/// </summary>
internal static class GateBaselineFile
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a baseline.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <param name="path">The file, for the diagnostic.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.BaselineUnusable"/>.</param>
    /// <returns>Null after a diagnostic.</returns>
    public static GateBaseline? Read(ReadOnlySpan<byte> utf8, string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            var root = JsonNode.Parse(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8)?.AsObject();
            if (root?["version"]?.GetValue<int>() == Version)
            {
                return new GateBaseline([.. ReadObjects(root["objects"]!.AsArray()), .. ReadFunctions(root["functions"]!.AsArray())]);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            // Whatever is wrong with it, the one diagnostic below says what to do.
        }

        diagnostics.Add(DiagnosticCatalog.BaselineUnusable.At(
            path, 0, "The file is no baseline of this version. Correct IpaGateBaseline, or write the file with dotnet build -t:IpaUpdateGateBaseline."));
        return null;
    }

    /// <summary>The file's content for a baseline: the same bytes for the same entries.</summary>
    public static byte[] Serialize(GateBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var text = new StringBuilder();
        text.Append("{\n  \"version\": ").Append(Version).Append(",\n  \"objects\": [");
        AppendGroups(text, "violations", ObjectGroups(baseline), "objects");
        text.Append("],\n  \"functions\": [");
        AppendGroups(text, "violation", FunctionGroups(baseline), "functions");
        return Encoding.UTF8.GetBytes(text.Append("]\n}\n").ToString());
    }

    private static IEnumerable<(string Key, IEnumerable<string> Rows)> ObjectGroups(GateBaseline baseline) =>
        baseline.Entries.Where(e => e.Function is null)
            .GroupBy(e => e.Object, e => Join(e.Code, e.Pass), StringComparer.Ordinal)
            .GroupBy(g => Json(g.Order(StringComparer.Ordinal).ToArray()), g => g.Key, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Order(Utf8Order.Instance).Select(o => Json(o))));

    private static IEnumerable<(string Key, IEnumerable<string> Rows)> FunctionGroups(GateBaseline baseline) =>
        baseline.Entries.Where(e => e.Function is not null)
            .GroupBy(e => Json(Join(e.Code, e.Pass)), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g
                .OrderBy(e => e.Object, Utf8Order.Instance)
                .ThenBy(e => e.Function, Utf8Order.Instance)
                .ThenBy(e => e.SourceFile, Utf8Order.Instance)
                .Select(e => Json(e.SourceFile is null ? [e.Object, e.Function!] : new[] { e.Object, e.Function!, e.SourceFile }))));

    private static void AppendGroups(StringBuilder text, string keyName, IEnumerable<(string Key, IEnumerable<string> Rows)> groups, string rowsName)
    {
        var isFirst = true;
        foreach (var (key, rows) in groups)
        {
            text.Append(isFirst ? "\n" : ",\n");
            text.Append("    {\n      \"").Append(keyName).Append("\": ").Append(key);
            text.Append(",\n      \"").Append(rowsName).Append("\": [\n        ");
            text.AppendJoin(",\n        ", rows).Append("\n      ]\n    }");
            isFirst = false;
        }

        text.Append(isFirst ? "" : "\n  ");
    }

    private static IEnumerable<BaselineEntry> ReadObjects(JsonArray groups)
    {
        foreach (var group in groups)
        {
            foreach (var violation in group!["violations"]!.AsArray())
            {
                var (code, pass) = Split(violation!.GetValue<string>());
                foreach (var name in group["objects"]!.AsArray())
                {
                    yield return new BaselineEntry(code, pass, name!.GetValue<string>(), null, null);
                }
            }
        }
    }

    private static IEnumerable<BaselineEntry> ReadFunctions(JsonArray groups)
    {
        foreach (var group in groups)
        {
            var (code, pass) = Split(group!["violation"]!.GetValue<string>());
            foreach (var row in group["functions"]!.AsArray())
            {
                var parts = row!.AsArray();
                yield return new BaselineEntry(
                    code, pass, parts[0]!.GetValue<string>(), parts[1]!.GetValue<string>(), parts.Count > 2 ? parts[2]!.GetValue<string>() : null);
            }
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, s_json);

    private static string Join(string code, string? pass) => pass is null ? code : $"{code} {pass}";

    private static (string Code, string? Pass) Split(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? (text[..space], text[(space + 1)..]) : (text, null);
}
