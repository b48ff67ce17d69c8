using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>
/// Validates against JSON Schema 2020-12, values of <c>format</c> included, and takes no keyword that the standard does not
/// have: a misspelt rule of a schema is never passed over in silence.
/// </summary>
internal static class JsonSchemaValidator
{
    private static readonly Vocabulary[] s_vocabularies =
    [
        Vocabulary.Draft202012_Core, Vocabulary.Draft202012_Applicator, Vocabulary.Draft202012_Validation,
        Vocabulary.Draft202012_Unevaluated, Vocabulary.Draft202012_FormatAssertion, Vocabulary.Draft202012_MetaData,
    ];

    // The library's own dialects add these two to what its vocabulary of applicators names.
    private static readonly Dialect s_strict = new([.. s_vocabularies.SelectMany(v => v.Keywords), ThenKeyword.Instance, ElseKeyword.Instance])
    {
        Id = Dialect.Draft202012.Id,
        AllowUnknownKeywords = false,
    };

    private static readonly EvaluationOptions s_verdict = new() { OutputFormat = OutputFormat.Flag, RequireFormatValidation = true };

    private static readonly EvaluationOptions s_details = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    /// <summary>The violations; each begins with the JSON Pointer of the value concerned.</summary>
    /// <exception cref="JsonSchemaException">The schema has a keyword, or a value of one, that the standard does not know.</exception>
    public static IReadOnlyList<string> Validate(JsonElement schema, JsonElement instance)
    {
        // Registries of its own: those of the library are the process's, and hold its lenient dialect of the same name.
        var dialects = new DialectRegistry();
        dialects.Register(s_strict);
        var build = new BuildOptions { Dialect = s_strict, DialectRegistry = dialects, SchemaRegistry = new SchemaRegistry() };
        var rules = JsonSchema.Build(schema, build);

        // Most documents are valid, and the details of a large one take seconds.
        if (rules.Evaluate(instance, s_verdict).IsValid)
        {
            return [];
        }

        var results = rules.Evaluate(instance, s_details);
        string[] errors = [.. (results.Details ?? []).Prepend(results).SelectMany(Errors).Distinct()];
        return errors.Length > 0 ? errors : ["/: is not valid"];
    }

    private static IEnumerable<string> Errors(EvaluationResults results) =>
        (results.Errors ?? []).Select(e => $"{(results.InstanceLocation.SegmentCount == 0 ? "/" : results.InstanceLocation)}: {e.Key}: {e.Value}");
}
