using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>
/// Validates against the part of JSON Schema 2020-12 that it knows, and fails on any other keyword: a rule of the
/// schema is never passed over in silence.
/// </summary>
internal sealed class JsonSchemaValidator
{
    private static readonly string[] Annotations = ["$schema", "$id", "$comment", "title", "description", "$defs", "examples", "default"];

    private readonly JsonElement _root;
    private readonly List<string> _errors = [];

    private JsonSchemaValidator(JsonElement root) => _root = root;

    /// <summary>The violations; each begins with the JSON Pointer of the value concerned.</summary>
    public static IReadOnlyList<string> Validate(JsonElement schema, JsonElement instance)
    {
        var validator = new JsonSchemaValidator(schema);
        validator.CheckKnown(schema, "#");
        validator.Check(schema, instance, "");
        return validator._errors;
    }

    // Unknown keywords are found even where no value leads to them.
    private void CheckKnown(JsonElement schema, string at)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var path = $"{at}/{keyword.Name}";
            switch (keyword.Name)
            {
                case "properties" or "$defs" or "patternProperties":
                    foreach (var sub in keyword.Value.EnumerateObject())
                    {
                        CheckKnown(sub.Value, $"{path}/{sub.Name}");
                    }

                    break;
                case "items" or "additionalProperties" or "not" or "if" or "then" or "else" or "propertyNames":
                    CheckKnown(keyword.Value, path);
                    break;
                case "anyOf" or "oneOf" or "allOf":
                    foreach (var sub in keyword.Value.EnumerateArray())
                    {
                        CheckKnown(sub, path);
                    }

                    break;
                case "type" or "const" or "enum" or "required" or "pattern" or "minLength" or "maxLength" or "minimum" or "maximum"
                    or "minItems" or "maxItems" or "uniqueItems" or "$ref":
                    break;
                default:
                    if (!Annotations.Contains(keyword.Name))
                    {
                        _errors.Add($"{path}: a keyword this validator does not know");
                    }

                    break;
            }
        }
    }

    private void Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Require(schema.ValueKind == JsonValueKind.True, at, "is not allowed");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            CheckAny(schema, keyword.Name, keyword.Value, value, at);
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    CheckObject(schema, keyword.Name, keyword.Value, value, at);
                    break;
                case JsonValueKind.Array:
                    CheckArray(keyword.Name, keyword.Value, value, at);
                    break;
                case JsonValueKind.String:
                    CheckString(keyword.Name, keyword.Value, value.GetString()!, at);
                    break;
                case JsonValueKind.Number:
                    CheckNumber(keyword.Name, keyword.Value, value.GetDecimal(), at);
                    break;
            }
        }
    }

    private void CheckAny(JsonElement schema, string name, JsonElement rule, JsonElement value, string at)
    {
        switch (name)
        {
            case "$ref":
                Check(Resolve(rule.GetString()!), value, at);
                break;
            case "type":
                var types = rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Select(t => t.GetString()!).ToArray() : [rule.GetString()!];
                Require(types.Any(t => HasType(value, t)), at, $"is a {value.ValueKind}, not {string.Join(" or ", types)}");
                break;
            case "const":
                Require(JsonElement.DeepEquals(rule, value), at, $"is not {rule}");
                break;
            case "enum":
                Require(rule.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)), at, $"'{value}' is not one of {rule}");
                break;
            case "allOf":
                foreach (var sub in rule.EnumerateArray())
                {
                    Check(sub, value, at);
                }

                break;
            case "anyOf":
                Require(rule.EnumerateArray().Any(s => Matches(s, value)), at, "matches none of anyOf");
                break;
            case "oneOf":
                Require(rule.EnumerateArray().Count(s => Matches(s, value)) == 1, at, "does not match exactly one of oneOf");
                break;
            case "not":
                Require(!Matches(rule, value), at, "matches what it must not");
                break;
            case "if":
                if (schema.TryGetProperty(Matches(rule, value) ? "then" : "else", out var branch))
                {
                    Check(branch, value, at);
                }

                break;
        }
    }

    private void CheckObject(JsonElement schema, string name, JsonElement rule, JsonElement value, string at)
    {
        switch (name)
        {
            case "required":
                foreach (var member in rule.EnumerateArray())
                {
                    Require(value.TryGetProperty(member.GetString()!, out _), at, $"has no member {member}");
                }

                break;
            case "properties":
                foreach (var member in rule.EnumerateObject())
                {
                    if (value.TryGetProperty(member.Name, out var sub))
                    {
                        Check(member.Value, sub, $"{at}/{member.Name}");
                    }
                }

                break;
            case "patternProperties":
                foreach (var member in value.EnumerateObject())
                {
                    foreach (var pattern in rule.EnumerateObject().Where(p => Regex.IsMatch(member.Name, p.Name, RegexOptions.ECMAScript)))
                    {
                        Check(pattern.Value, member.Value, $"{at}/{member.Name}");
                    }
                }

                break;
            case "propertyNames":
                foreach (var member in value.EnumerateObject())
                {
                    Check(rule, JsonSerializer.SerializeToElement(member.Name), $"{at}/{member.Name}");
                }

                break;
            case "additionalProperties":
                foreach (var member in value.EnumerateObject().Where(m => !IsDeclared(schema, m.Name)))
                {
                    Check(rule, member.Value, $"{at}/{member.Name}");
                }

                break;
        }
    }

    private void CheckArray(string name, JsonElement rule, JsonElement value, string at)
    {
        switch (name)
        {
            case "items":
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(rule, item, string.Create(CultureInfo.InvariantCulture, $"{at}/{index}"));
                }

                break;
            case "minItems":
                Require(value.GetArrayLength() >= rule.GetInt32(), at, $"has fewer than {rule} items");
                break;
            case "maxItems":
                Require(value.GetArrayLength() <= rule.GetInt32(), at, $"has more than {rule} items");
                break;
            case "uniqueItems":
                var items = value.EnumerateArray().ToList();
                var repeated = items.Where((item, i) => items.Take(i).Any(other => JsonElement.DeepEquals(item, other))).Any();
                Require(!rule.GetBoolean() || !repeated, at, "repeats an item");
                break;
        }
    }

    private void CheckString(string name, JsonElement rule, string value, string at)
    {
        switch (name)
        {
            case "pattern":
                Require(Regex.IsMatch(value, rule.GetString()!, RegexOptions.ECMAScript), at, $"'{value}' does not match {rule}");
                break;
            case "minLength":
                Require(value.EnumerateRunes().Count() >= rule.GetInt32(), at, $"is shorter than {rule}");
                break;
            case "maxLength":
                Require(value.EnumerateRunes().Count() <= rule.GetInt32(), at, $"is longer than {rule}");
                break;
        }
    }

    private void CheckNumber(string name, JsonElement rule, decimal value, string at)
    {
        switch (name)
        {
            case "minimum":
                Require(value >= rule.GetDecimal(), at, $"is below {rule}");
                break;
            case "maximum":
                Require(value <= rule.GetDecimal(), at, $"is above {rule}");
                break;
        }
    }

    private bool Matches(JsonElement schema, JsonElement value)
    {
        var attempt = new JsonSchemaValidator(_root);
        attempt.Check(schema, value, "");
        return attempt._errors.Count == 0;
    }

    private JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            throw new NotSupportedException($"The validator follows no reference out of the document: {reference}");
        }

        return reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(_root, (schema, part) => schema.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));
    }

    private static bool IsDeclared(JsonElement schema, string member) =>
        (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member, out _))
        || (schema.TryGetProperty("patternProperties", out var patterns)
            && patterns.EnumerateObject().Any(p => Regex.IsMatch(member, p.Name, RegexOptions.ECMAScript)));

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && decimal.IsInteger(value.GetDecimal()),
        _ => throw new NotSupportedException($"The validator knows no type {type}."),
    };

    private void Require(bool condition, string at, string message)
    {
        if (!condition)
        {
            _errors.Add($"{(at.Length == 0 ? "/" : at)}: {message}");
        }
    }
}
