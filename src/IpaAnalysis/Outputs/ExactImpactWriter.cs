using System.Text.Json;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Outputs;

/// <summary>Writes what compiling again tells of a patched function, but for what refers to the graph.</summary>
internal static class ExactImpactWriter
{
    /// <summary>Writes the members of the function's object that come after those of every scope.</summary>
    public static void Write(Utf8JsonWriter json, ExactImpact exact)
    {
        json.WriteBoolean("exact", exact.IsExact);
        WriteArray(json, "inexactBecause", exact.InexactBecause, static (json, cause) =>
        {
            json.WriteString("object", cause.Object);
            json.WriteString("cause", cause.Cause);
        });
        WriteArray(json, "unsafeCallees", exact.UnsafeCallees, static (json, callee) =>
        {
            json.WriteString("object", callee.Object);
            json.WriteString("symbol", callee.Symbol);
            json.WriteString("function", callee.Function);
            json.WriteString("why", callee.Why);
            json.WriteString("pass", callee.Pass);
        });
        WriteArray(json, "foldedVariables", exact.FoldedVariables, static (json, variable) =>
        {
            json.WriteString("object", variable.Object);
            json.WriteString("variable", variable.Variable);
            WriteSymbols(json, "readers", variable.Readers);
            WriteSymbols(json, "writers", variable.Writers);
        });
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> elements, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var element in elements)
        {
            json.WriteStartObject();
            write(json, element);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSymbols(Utf8JsonWriter json, string name, IReadOnlyList<string> symbols)
    {
        json.WriteStartArray(name);
        foreach (var symbol in symbols)
        {
            json.WriteStringValue(symbol);
        }

        json.WriteEndArray();
    }
}
