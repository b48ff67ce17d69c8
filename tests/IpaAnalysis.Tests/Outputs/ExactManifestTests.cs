using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.EndToEnd.Manifests;
using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Outputs;

/// <summary>What compiling again tells, in the manifest.</summary>
internal sealed class ExactManifestTests
{
    private static readonly string[] s_hostile = ["quote\"s", "back\\slash", "new\nline", "\u0001\u007F\u0085", "\u2028", "grüße 😀", "<&'+>", "tab\there"];

    [Test]
    public void The_bytes_of_what_is_added_are_these()
    {
        var graph = ExactCases.Graph();
        var text = ManifestText.Of(ExactCases.Run(graph, "f", ExactCases.Answer));
        Assert.That(text, Does.Contain("""
                    {
                      "object": "a.o",
                      "symbol": "g",
                      "function": "g",
                      "sourceFile": "a.c",
                      "line": 2,
                      "column": 1,
                      "emitted": true,
                      "reasons": [
                        {
                          "kind": "callsClone",
                          "pass": "isra",
                          "from": "f.isra.0",
                          "evidence": "callGraph"
                        },
                        {
                          "kind": "inlined",
                          "pass": "inline",
                          "from": "f",
                          "evidence": "dump"
                        }
                      ],
                      "confirmed": false
                    },
                    {
                      "object": "a.o",
                      "symbol": "user",
                      "function": "user",
                      "sourceFile": "a.c",
                      "line": 3,
                      "column": 1,
                      "emitted": true,
                      "reasons": [
                        {
                          "kind": "fact",
                          "pass": "combination",
                          "from": "f",
                          "evidence": "recompile"
                        },
                        {
                          "kind": "fact",
                          "pass": "ipa-ra",
                          "from": "f",
                          "evidence": "recompile"
                        }
                      ],
                      "confirmed": true
                    }
                  ],
            """.ReplaceLineEndings("\n")));
        Assert.That(text, Does.Contain("""
                  "exact": false,
                  "inexactBecause": [
                    {
                      "object": null,
                      "cause": "Said of all."
                    },
                    {
                      "object": "a.o",
                      "cause": "No command."
                    }
                  ],
                  "unsafeCallees": [
                    {
                      "object": "a.o",
                      "symbol": "low.isra.0",
                      "function": "low",
                      "why": "its argument is always 3",
                      "pass": "ipa-vrp"
                    }
                  ],
                  "foldedVariables": [
                    {
                      "object": "a.o",
                      "variable": "limit",
                      "readers": [
                        "g",
                        "user"
                      ],
                      "writers": []
                    },
                    {
                      "object": "a.o",
                      "variable": "state",
                      "readers": [],
                      "writers": [
                        "other"
                      ]
                    }
                  ],
                  "decisions": [
                    {
                      "object": "a.o",
                      "symbol": "other",
                      "function": "other",
                      "sourceFile": "a.c",
                      "line": 4,
                      "column": 1,
                      "emitted": true,
                      "reasons": [
                        {
                          "kind": "decision",
                          "pass": "inline",
                          "from": "f",
                          "evidence": "recompile"
                        }
                      ],
                      "confirmed": false
                    }
                  ]
                }
              ],
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_fact_counts_and_a_decision_stands_apart()
    {
        using var manifest = Parse(ExactCases.Run(ExactCases.Graph(), "f", ExactCases.Answer));
        var function = manifest.RootElement.GetProperty("patchedFunctions")[0];
        var summary = manifest.RootElement.GetProperty("summary");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Symbols(function, "affected"), Is.EqualTo(["f.isra.0", "g", "user"]));
            Assert.That(Symbols(function, "functionsToPatch"), Is.EqualTo(["f", "g", "user"]), "what is not confirmed stays");
            Assert.That(Symbols(function, "decisions"), Is.EqualTo(["other"]));
            Assert.That(summary.GetProperty("affectedFunctions").GetInt32(), Is.EqualTo(3));
            Assert.That(summary.GetProperty("functionsToPatch").GetInt32(), Is.EqualTo(3));
            Assert.That(function.GetProperty("affected")[0].GetProperty("confirmed").ValueKind, Is.EqualTo(JsonValueKind.Null), "not judged");
            Assert.That(function.EnumerateObject().Select(p => p.Name).Skip(4), Is.EqualTo([
                "instances", "affected", "functionsToPatch", "exact", "inexactBecause", "unsafeCallees", "foldedVariables", "decisions",
            ]));
        }
    }

    [Test]
    public void Exact_is_what_has_no_cause_against_it_and_nobody_asked_is_one()
    {
        foreach (var (result, exact, cause) in (IEnumerable<(AnalysisResult, bool, string?)>)
        [
            (ExactCases.Run(ExactCases.Graph(), "f", static (_, i) => new ExactImpact { Function = i.Function, InexactBecause = [] }), true, null),
            (ExactCases.Run(ExactCases.Graph(), "f", null), false, InexactCause.NotAsked.Cause),
        ])
        {
            using var manifest = Parse(result);
            var function = manifest.RootElement.GetProperty("patchedFunctions")[0];
            var causes = function.GetProperty("inexactBecause").EnumerateArray().Select(c => c.GetProperty("cause").GetString());
            Assert.That(function.GetProperty("exact").GetBoolean(), Is.EqualTo(exact));
            Assert.That(causes, Is.EqualTo(cause is null ? Array.Empty<string>() : [cause]));
            AssertValid(manifest);
        }
    }

    [Test]
    public void Each_of_several_functions_has_its_own_answer()
    {
        var graph = DependencyGraph.Build([ExactCases.Unit("a.o").ToUnit(), new UnitText("b.o") { Source = "b.c" }.Inline("f", "h").Global("f", "h").ToUnit()]);
        using var manifest = Parse(ExactCases.Run(
            graph, "f", static (g, i) => g.Units[g.UnitOf(i.Instances[0])].Object == "a.o" ? ExactCases.Answer(g, i) : new ExactImpact { Function = i.Function, InexactBecause = [] }));
        Assert.That(
            manifest.RootElement.GetProperty("patchedFunctions").EnumerateArray()
                .Select(f => (f.GetProperty("sourceFile").GetString(), f.GetProperty("exact").GetBoolean(), f.GetProperty("decisions").GetArrayLength())),
            Is.EqualTo([("a.c", false, 1), ("b.c", true, 0)]));
    }

    [Test]
    public void Other_scopes_have_none_of_it([Values(ManifestScope.All, ManifestScope.Index)] ManifestScope scope)
    {
        var result = ExactCases.Run(ExactCases.Graph(), "f", ExactCases.Answer, scope);
        using var manifest = Parse(result);
        AssertValid(manifest);
        string[] added = ["exact", "inexactBecause", "unsafeCallees", "foldedVariables", "decisions", "confirmed", "evidence"];
        Assert.That(added.Where(m => ManifestText.Of(result).Contains($"\"{m}\": ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(added.Where(m => !ManifestText.Of(ExactCases.Run(ExactCases.Graph(), "f", ExactCases.Answer)).Contains($"\"{m}\": ", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Hostile_text_is_valid_and_laid_out_as_the_platform_writes_it()
    {
        var result = ExactCases.Run(ExactCases.Graph(), "f", static (g, i) => ExactCases.Answer(g, i) with
        {
            InexactBecause = [.. s_hostile.Select(h => new InexactCause(h, h))],
            UnsafeCallees = [.. s_hostile.Select(h => new UnsafeCallee(h, h, h, h, h))],
            FoldedVariables = [.. s_hostile.Select(h => new FoldedVariable(h, h, [.. s_hostile], [h]))],
        });
        using var manifest = Parse(result);
        AssertValid(manifest);
        var function = manifest.RootElement.GetProperty("patchedFunctions")[0];
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            manifest.WriteTo(writer);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ManifestText.Of(result), Is.EqualTo(Encoding.UTF8.GetString(stream.ToArray()) + "\n"));
            Assert.That(function.GetProperty("inexactBecause").EnumerateArray().Select(c => c.GetProperty("cause").GetString()), Is.EqualTo(s_hostile));
            Assert.That(function.GetProperty("unsafeCallees").EnumerateArray().Select(c => c.GetProperty("why").GetString()), Is.EqualTo(s_hostile));
            Assert.That(function.GetProperty("foldedVariables")[0].GetProperty("readers").EnumerateArray().Select(c => c.GetString()), Is.EqualTo(s_hostile));
        }
    }

    [Test]
    public void The_evidence_is_what_shows_the_reason_and_the_schema_names_every_word()
    {
        (Dependency Dependency, string Word)[] expected =
        [
            (new(DependencyKind.Inlined, "inline"), "dump"), (new(DependencyKind.Cloned, "isra"), "dump"), (new(DependencyKind.Cloned, "unknown"), "dump"),
            (new(DependencyKind.CallsClone, "isra"), "callGraph"), (new(DependencyKind.SharedBody, "unknown"), "symbols"),
            (new(DependencyKind.SharedBody, "ipa-icf"), "foldingRecord"), (new(DependencyKind.Fact, "ipa-ra"), "recompile"),
            (new(DependencyKind.Decision, "inline"), "recompile"),
        ];
        using var schema = JsonDocument.Parse(ManifestSchema.Content());
        var words = schema.RootElement.GetProperty("$defs").GetProperty("reason").GetProperty("properties").GetProperty("evidence").GetProperty("enum");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(expected.Select(e => KindNames.EvidenceOf(e.Dependency, isInDump: true)), Is.EqualTo(expected.Select(e => e.Word)));
            Assert.That(words.EnumerateArray().Select(w => w.GetString()), Is.EquivalentTo(expected.Select(e => e.Word).Distinct()));
            Assert.That(expected.Select(e => e.Dependency.Kind).Distinct(), Is.EquivalentTo(Enum.GetValues<DependencyKind>()));
        }
    }

    [Test]
    public void What_only_symbols_show_is_not_said_to_be_in_a_dump_or_record()
    {
        string[] Evidence(UnitText unit)
        {
            using var manifest = Parse(ExactCases.Run(unit.ToGraph(), "f", null));
            var affected = manifest.RootElement.GetProperty("patchedFunctions")[0].GetProperty("affected");
            return [.. affected[0].GetProperty("reasons").EnumerateArray().Select(r => $"{r.GetProperty("kind")} {r.GetProperty("pass")} {r.GetProperty("evidence")}")];
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Evidence(new UnitText().Global("f", "twin").Fold("f", "twin", "Function alias has been created.")),
                Is.EqualTo(["sharedBody ipa-icf foldingRecord"]));
            Assert.That(Evidence(new UnitText().Global("f").Symbol("f.isra.0", isLocal: true)), Is.EqualTo(["cloned isra symbols"]), "no line of the dump tells");
            Assert.That(Evidence(new UnitText().Global("f").Symbol("same", isLocal: true, at: "f")), Is.EqualTo(["sharedBody unknown symbols"]));
        }
    }

    [Test]
    public void What_is_confirmed_is_the_compilers_word_before_the_dumps()
    {
        var graph = ExactCases.Graph();
        var exact = ExactCases.Answer(graph, IpaAnalysis.Tests.Answer.Impact(graph, "f"));
        var confirmations = new Confirmations(exact with { Confirmed = exact.Confirmed.Add(ExactCases.Vertex(graph, "f.isra.0"), true) });
        Assert.That(
            ((string[])["user", "other", "g", "f.isra.0", "f"]).Select(s => confirmations.Of(ExactCases.Vertex(graph, s))),
            Is.EqualTo(new bool?[] { true, false, false, true, null }));
    }

    private static JsonDocument Parse(AnalysisResult result) => JsonDocument.Parse(ManifestText.Of(result));

    private static void AssertValid(JsonDocument manifest)
    {
        using var schema = JsonDocument.Parse(ManifestSchema.Content());
        Assert.That(JsonSchemaValidator.Validate(schema.RootElement, manifest.RootElement), Is.Empty);
    }

    private static IEnumerable<string?> Symbols(JsonElement function, string array) => function.GetProperty(array).EnumerateArray().Select(e => e.GetProperty("symbol").GetString());
}
