using System.Text.Json;
using Json.Schema;

namespace IpaAnalysis.EndToEnd.Manifests;

/// <summary>The validator must reject what breaks each keyword, or a valid manifest would prove nothing.</summary>
internal sealed class JsonSchemaValidatorTests
{
    [TestCase("""{"type":"string"}""", "\"x\"", "1")]
    [TestCase("""{"type":["string","null"]}""", "null", "true")]
    [TestCase("""{"type":"integer"}""", "3", "3.5")]
    [TestCase("""{"const":1}""", "1", "2")]
    [TestCase("""{"enum":["a","b"]}""", "\"b\"", "\"c\"")]
    [TestCase("""{"required":["a"]}""", """{"a":1}""", """{"b":1}""")]
    [TestCase("""{"properties":{"a":{"type":"null"}}}""", """{"a":null}""", """{"a":0}""")]
    [TestCase("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1}""", """{"a":1,"b":2}""")]
    [TestCase("""{"patternProperties":{"^x":{"type":"null"}}}""", """{"y":1}""", """{"x1":1}""")]
    [TestCase("""{"propertyNames":{"minLength":2}}""", """{"ab":1}""", """{"a":1}""")]
    [TestCase("""{"items":{"type":"boolean"}}""", "[true]", "[true,1]")]
    [TestCase("""{"minItems":1}""", "[1]", "[]")]
    [TestCase("""{"maxItems":1}""", "[1]", "[1,2]")]
    [TestCase("""{"uniqueItems":true}""", "[1,2]", "[1,1]")]
    [TestCase("""{"pattern":"^IPA[0-9]{4}$"}""", "\"IPA1001\"", "\"IPA10011\"")]
    [TestCase("""{"minLength":1}""", "\"a\"", "\"\"")]
    [TestCase("""{"maxLength":1}""", "\"a\"", "\"ab\"")]
    [TestCase("""{"minimum":0}""", "0", "-1")]
    [TestCase("""{"maximum":5}""", "5", "6")]
    [TestCase("""{"anyOf":[{"type":"null"},{"const":1}]}""", "1", "2")]
    [TestCase("""{"oneOf":[{"minimum":1},{"maximum":5}]}""", "6", "3")]
    [TestCase("""{"allOf":[{"minimum":1},{"maximum":5}]}""", "3", "6")]
    [TestCase("""{"not":{"type":"null"}}""", "1", "null")]
    [TestCase("""{"if":{"type":"string"},"then":{"minLength":1},"else":{"minimum":0}}""", "\"a\"", "-1")]
    [TestCase("""{"$ref":"#/$defs/row","$defs":{"row":{"type":"object"}}}""", "{}", "[]")]
    [TestCase("""{"dependentRequired":{"a":["b"]}}""", """{"a":1,"b":2}""", """{"a":1}""")]
    [TestCase("""{"properties":{"a":{"format":"uri"}}}""", """{"a":"file:///x"}""", """{"a":"a b"}""")]
    [TestCase("""{"contains":{"type":"null"}}""", "[1,null]", "[1]")]
    public void Tells_valid_from_invalid(string schema, string valid, string invalid)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Validate(schema, valid), Is.Empty);
            Assert.That(Validate(schema, invalid), Is.Not.Empty);
        }
    }

    [TestCase("""{"type":"object","requried":["a"]}""")]
    [TestCase("""{"properties":{"a":{"patern":"^x$"}}}""")]
    [TestCase("""{"$defs":{"a":{"contians":{}}}}""")]
    [TestCase("""{"$schema":"https://json-schema.org/draft/2020-12/schema","$defs":{"a":{"minItem":1}}}""")]
    public void Fails_on_a_keyword_that_the_standard_does_not_have(string schema) =>
        Assert.That(() => Validate(schema, "{}"), Throws.TypeOf<JsonSchemaException>().With.Message.Contains("Unknown keywords"));

    [TestCase("""{"type":"object","required":"a"}""")]
    [TestCase("""{"type":"strin"}""")]
    [TestCase("""{"$ref":"#/$defs/row"}""")]
    [TestCase("""{"$ref":"https://example.org/other.schema.json"}""")]
    public void Fails_on_a_rule_that_is_none(string schema) => Assert.That(() => Validate(schema, "{}"), Throws.Exception);

    [Test]
    public void Names_the_value_that_is_wrong() =>
        Assert.That(
            Validate("""{"properties":{"a":{"items":{"type":"null"}}}}""", """{"a":[null,1]}"""),
            Has.One.StartsWith("/a/1:"));

    private static IReadOnlyList<string> Validate(string schema, string value)
    {
        using var s = JsonDocument.Parse(schema);
        using var v = JsonDocument.Parse(value);
        return JsonSchemaValidator.Validate(s.RootElement, v.RootElement);
    }
}
