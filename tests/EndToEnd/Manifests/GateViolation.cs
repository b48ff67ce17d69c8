using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>One of the gate's violations.</summary>
internal sealed record GateViolation(
    string Code, string? Pass, string Severity, string? Object, string? Function, string? SourceFile, int? Line, string? Evidence,
    IReadOnlyList<string> Objects, string? Justification, string? Accepted)
{
    public static GateViolation Read(JsonElement row)
    {
        string? Text(string name) => row.GetProperty(name).GetString();
        string[] objects = [.. row.GetProperty("objects").EnumerateArray().Select(o => o.GetString()!)];
        Assert.That(row.GetProperty("objectCount").GetInt32(), Is.EqualTo(objects.Length));
        var line = row.GetProperty("line");
        return new GateViolation(
            Text("code")!, Text("pass"), Text("severity")!, Text("object"), Text("function"), Text("sourceFile"),
            line.ValueKind == JsonValueKind.Null ? null : line.GetInt32(),
            Text("evidence"), objects, Text("justification"), Text("accepted"));
    }
}
