using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>The manifest's <c>gate</c>.</summary>
internal sealed record GateSection(string Policy, string Verdict, IReadOnlyList<GateViolation> Violations)
{
    public static GateSection Read(JsonElement gate) => new(
        gate.GetProperty("policy").GetString()!,
        gate.GetProperty("verdict").GetString()!,
        [.. gate.GetProperty("violations").EnumerateArray().Select(GateViolation.Read)]);

    /// <summary>The objects of all rows of a pass, sorted.</summary>
    public IReadOnlyList<string> ObjectsOf(string pass) =>
        [.. Violations.Where(v => v.Pass == pass).SelectMany(v => v.Objects).Order(StringComparer.Ordinal)];

    /// <summary>The functions of a pass, each <c>OBJECT FUNCTION</c>, in the manifest's order.</summary>
    public IReadOnlyList<string> FunctionsOf(string pass) =>
        [.. Violations.Where(v => v.Pass == pass && v.Function is not null).Select(v => $"{v.Object} {v.Function}")];

    /// <summary>The codes and passes, each <c>CODE PASS</c>, in the manifest's order.</summary>
    public IReadOnlyList<string> Rows => [.. Violations.Select(v => $"{v.Code} {v.Pass}")];
}
