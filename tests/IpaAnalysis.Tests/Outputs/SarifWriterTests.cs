using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.EndToEnd.Manifests;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Verdicts;

using static IpaAnalysis.Tests.Outputs.SarifCases;

namespace IpaAnalysis.Tests.Outputs;

internal sealed class SarifWriterTests
{
    private static readonly string[] s_hostile =
    [
        "plain", "a blank", "100%", "%41", "#part", "q?x", "c:d", "grüße", "😀", "back\\slash", "\\xE9", "q\"uote", "new\nline", "<b>&amp;", "{0}", "[a](b)", "+;=@,!$'()*",
    ];

    // The fingerprints were computed by another program: the first half of SHA-256 over the parts in UTF-8, each with its
    // length before it (four bytes, least significant first).
    [Test]
    public void The_bytes_of_a_small_log_are_these()
    {
        var accepted = Copied("ä b.c", 7, 5) with { Status = ViolationStatus.Excepted, Justification = "Never {patched}." };
        var text = Text(Result([DiagnosticCatalog.FailedCompile.At("/x/sub/a.c.000i.ipa-clones", 0, "No object; {0} and [link](uri).")], accepted));
        Assert.That(text, Is.EqualTo("""
            {
              "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
              "version": "2.1.0",
              "runs": [
                {
                  "tool": {
                    "driver": {
                      "name": "IpaAnalysis",
                      "version": "1.2.3-test",
                      "rules": [
                        {
                          "id": "IPA2012",
                          "name": "CloneDumpWasLeftByFailedCompile",
                          "shortDescription": {
                            "text": "A clone dump was left by a failed compile."
                          },
                          "fullDescription": {
                            "text": "A clone dump is empty, there is no object, and neither a program nor a call graph shows that code was made: GCC makes the dump before it reads the source, so the compile failed."
                          },
                          "help": {
                            "text": "A clone dump is empty, there is no object, and neither a program nor a call graph shows that code was made: GCC makes the dump before it reads the source, so the compile failed.\n\nRemedy: Compile again and correct the errors.",
                            "markdown": "A clone dump is empty, there is no object, and neither a program nor a call graph shows that code was made: GCC makes the dump before it reads the source, so the compile failed.\n\nRemedy: Compile again and correct the errors."
                          },
                          "defaultConfiguration": {
                            "level": "warning"
                          }
                        },
                        {
                          "id": "IPA5001",
                          "name": "ForbiddenPassCopiedFunction",
                          "shortDescription": {
                            "text": "A forbidden pass copied a function."
                          },
                          "fullDescription": {
                            "text": "The clone dump shows that a pass which the policy or an IpaForbiddenPass item forbids copied the function. The severity is that of the policy (IpaGateSeverity) or of the item."
                          },
                          "help": {
                            "text": "The clone dump shows that a pass which the policy or an IpaForbiddenPass item forbids copied the function. The severity is that of the policy (IpaGateSeverity) or of the item.\n\nRemedy: Compile with the flags that the message names, keep the compiler from copying this function (__attribute__((noclone)), noinline), or accept it with an IpaGateException.",
                            "markdown": "The clone dump shows that a pass which the policy or an `IpaForbiddenPass` item forbids copied the function. The severity is that of the policy (`IpaGateSeverity`) or of the item.\n\nRemedy: Compile with the flags that the message names, keep the compiler from copying this function (`__attribute__((noclone))`, `noinline`), or accept it with an `IpaGateException`."
                          },
                          "defaultConfiguration": {
                            "level": "warning"
                          }
                        }
                      ]
                    }
                  },
                  "originalUriBaseIds": {
                    "OBJROOT": {
                      "description": {
                        "text": "What the names of objects are relative to: IpaSourceRoot, or the directory of the module or object tree, whose TreeName comes first."
                      }
                    },
                    "SRCROOT": {
                      "description": {
                        "text": "What files are relative to: the directory of the module or object tree, its kernel, or IpaSourceRoot, the first of them that holds the file."
                      }
                    }
                  },
                  "columnKind": "unicodeCodePoints",
                  "results": [
                    {
                      "ruleId": "IPA2012",
                      "ruleIndex": 0,
                      "level": "warning",
                      "message": {
                        "text": "No object; {{0}} and [link] (uri)."
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "sub/a.c.000i.ipa-clones",
                              "uriBaseId": "SRCROOT"
                            }
                          }
                        }
                      ],
                      "partialFingerprints": {
                        "ipaDiagnostic/v1": "a7e82ced8e52be732b2af2b506e98a67"
                      },
                      "suppressions": []
                    },
                    {
                      "ruleId": "IPA5001",
                      "ruleIndex": 1,
                      "level": "error",
                      "message": {
                        "text": "'f' was copied by -fipa-sra in dir/a.o (a.dump:3: f -> f.isra.0 isra), so a copy of the callee takes other parameters, and its callers pass them."
                      },
                      "analysisTarget": {
                        "uri": "dir/a.o",
                        "uriBaseId": "OBJROOT"
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "%C3%A4%20b.c",
                              "uriBaseId": "SRCROOT"
                            },
                            "region": {
                              "startLine": 7,
                              "startColumn": 5
                            }
                          },
                          "logicalLocations": [
                            {
                              "fullyQualifiedName": "f",
                              "kind": "function"
                            }
                          ]
                        }
                      ],
                      "partialFingerprints": {
                        "ipaViolation/v1": "cb290bd34a8326f3e949db06c5f1f0f9"
                      },
                      "suppressions": [
                        {
                          "kind": "external",
                          "status": "accepted",
                          "justification": "Never {patched}."
                        }
                      ],
                      "properties": {
                        "pass": "ipa-sra",
                        "object": "dir/a.o",
                        "objectCount": 1,
                        "evidence": "a.dump:3: f -> f.isra.0 isra"
                      }
                    }
                  ],
                  "properties": {
                    "complete": true,
                    "policy": "inline-only-static",
                    "verdict": "failed"
                  }
                }
              ]
            }

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Every_code_and_violation_is_valid_against_the_schema()
    {
        Diagnostic[] diagnostics =
        [
            .. DiagnosticCatalog.All.Select(d => d.At("/x/file", 3, "text") with { Column = 4 }),
            .. DiagnosticCatalog.All.Select(d => d.At("")),
            .. s_hostile.Select(h => DiagnosticCatalog.StaleUnit.At($"/x/{h}", 1, h)),
            DiagnosticCatalog.StaleUnit.At("/usr/include/a b.h", 1, "absolute") with { Severity = DiagnosticSeverity.Info },
        ];
        var log = Load(Result(diagnostics, [.. Violations()]));
        Assert.That(log.Results, Has.Length.EqualTo(diagnostics.Length + Violations().Count()));
        Assert.That(log.Results.Select(r => r.GetProperty("level").GetString()).Distinct(), Is.EquivalentTo(["error", "warning", "note"]));
    }

    [Test]
    public void A_run_that_found_nothing_is_valid_and_has_no_rule()
    {
        var log = Load(Result([]) with { Gate = new GateResult { Policy = "inline-clone", Verdict = GateVerdict.Passed } });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Results, Is.Empty);
            Assert.That(log.Rules, Is.Empty);
            Assert.That(log.Run.GetProperty("properties").GetProperty("verdict").GetString(), Is.EqualTo("passed"));
        }
    }

    [Test]
    public void Rules_are_those_that_occur_and_results_point_to_them()
    {
        var log = Load(Result([DiagnosticCatalog.OutputNotWritten.At("x"), DiagnosticCatalog.StaleUnit.At("y")], [.. Violations()]));
        string[] ids = [.. log.Rules.Select(r => r.GetProperty("id").GetString()!)];
        Assert.That(ids, Is.EqualTo(["IPA2013", "IPA5001", "IPA5002", "IPA5003", "IPA5004", "IPA5005", "IPA9002"]));
        Assert.That(
            log.Results.Select(r => ids[r.GetProperty("ruleIndex").GetInt32()]),
            Is.EqualTo(log.Results.Select(r => r.GetProperty("ruleId").GetString())));
    }

    [Test]
    public void Every_rule_has_a_name_of_its_own_and_its_chapter()
    {
        var log = Load(Result([.. DiagnosticCatalog.All.Select(d => d.At("x"))]));
        string[] names = [.. log.Rules.Select(r => r.GetProperty("name").GetString()!)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.Unique.And.Member("MSBuildIsTooOld").And.Member("GateBaselineCannotBeUsed").And.Member("CompileCommandsJsonCannotBeUnderstood"));
            foreach (var (rule, descriptor) in log.Rules.Zip(DiagnosticCatalog.All))
            {
                var help = rule.GetProperty("help");
                Assert.That(help.GetProperty("markdown").GetString(), Does.Match(@"^\S[^#]+\n\nRemedy: \S[^#]+\S$"), descriptor.Code);
                Assert.That(help.GetProperty("text").GetString(), Does.Not.Contain('`').And.Not.Contain("]("), descriptor.Code);
            }
        }
    }

    [Test]
    public void Names_come_back_exactly()
    {
        var violations = s_hostile.Select(h => Copied($"s{h}.c", 1, 1) with { Object = $"o{h}.o", Objects = [$"o{h}.o"], Function = $"f{h}" }).ToArray();
        var log = Load(Result([], violations));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Results.Select(r => Uri.UnescapeDataString(Artifact(r).GetProperty("uri").GetString()!)), Is.EqualTo(violations.Select(v => v.SourceFile)));
            Assert.That(log.Results.Select(r => Uri.UnescapeDataString(r.GetProperty("analysisTarget").GetProperty("uri").GetString()!)), Is.EqualTo(violations.Select(v => v.Object)));
            Assert.That(log.Results.Select(Function), Is.EqualTo(violations.Select(v => v.Function)));
        }
    }

    [Test]
    public void A_function_whose_source_is_unknown_is_placed_in_its_object()
    {
        var result = Load(Result([], Copied(null, 9, 9))).Results.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Artifact(result).GetProperty("uriBaseId").GetString(), Is.EqualTo("OBJROOT"));
            Assert.That(Artifact(result).GetProperty("uri").GetString(), Is.EqualTo("dir/a.o"));
            Assert.That(result.GetProperty("locations")[0].GetProperty("physicalLocation").TryGetProperty("region", out _), Is.False);
            Assert.That(result.TryGetProperty("analysisTarget", out _), Is.False);
            Assert.That(Function(result), Is.EqualTo("f"));
        }
    }

    [Test]
    public void A_file_under_no_root_has_an_absolute_uri()
    {
        var result = Load(Result([DiagnosticCatalog.StaleUnit.At("/usr/a b/ü.h", 1, "text")])).Results.Single();
        Assert.That(Artifact(result).GetRawText().Where(c => !char.IsWhiteSpace(c)), Is.EqualTo("""{"uri":"file:///usr/a%20b/%C3%BC.h"}"""));
    }

    [Test]
    public void A_violation_of_a_whole_kernel_is_one_short_result()
    {
        var violation = Enabled("ipa-ra", "gcc 12 -O2") with { Objects = [.. Enumerable.Range(0, 27_000).Select(i => $"drivers/d{i}/unit.o")] };
        var result = Result([], violation);
        var log = Load(result);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Results.Single().GetProperty("locations").GetArrayLength(), Is.EqualTo(20));
            Assert.That(log.Results.Single().GetProperty("properties").GetProperty("objectCount").GetInt32(), Is.EqualTo(27_000));
            Assert.That(log.Results.Single().GetProperty("message").GetProperty("text").GetString(), Does.Contain("27000 objects"));
            Assert.That(Text(result), Has.Length.LessThan(20_000));
        }
    }

    [Test]
    public void What_is_accepted_is_suppressed_with_the_reason()
    {
        var log = Load(Result(
            [],
            Copied("a.c", 1, 1) with { Justification = "no patches" },
            Copied("b.c", 1, 1) with { Justification = "only at boot", Status = ViolationStatus.Excepted },
            Copied("c.c", 1, 1) with { Justification = "no patches", Status = ViolationStatus.Known }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                log.Results.Select(r => r.GetProperty("suppressions").EnumerateArray().Select(s => s.GetProperty("justification").GetString())),
                Is.EqualTo((string[][])[[], ["only at boot"], ["known in the baseline"]]));
            Assert.That(
                log.Results.Select(r => r.GetProperty("message").GetProperty("text").GetString()!.Contains("forbidden because: no patches", StringComparison.Ordinal)),
                Is.EqualTo([true, false, true]));
            Assert.That(
                log.Results.Select(r => r.GetProperty("message").GetProperty("text").GetString()!.Contains("Add -fno-everything", StringComparison.Ordinal)),
                Is.EqualTo([true, false, false]));
        }
    }

    [Test]
    public void Fingerprints_stay_when_lines_move_and_messages_and_objects_change()
    {
        Violation[] before = [Copied("a.c", 10, 3), Enabled("ipa-ra", "gcc 12 -O2"), Unknown("no record")];
        Violation[] after =
        [
            Copied("a.c", 20, 3) with { Evidence = "a.dump:99: f -> f.isra.0 isra", Status = ViolationStatus.Known, Severity = DiagnosticSeverity.Info },
            Enabled("ipa-ra", "gcc 13 -O2") with { Objects = ["another.o"] },
            Unknown("no record") with { Objects = ["another.o"] },
        ];
        Diagnostic Stale(int line) => DiagnosticCatalog.StaleUnit.At("/x/a.c", line, "text");
        var old = Load(Result([Stale(1)], before));
        var moved = Load(Result([Stale(5)], after));
        Assert.That(Fingerprints(moved), Is.EqualTo(Fingerprints(old)));
        Assert.That(moved.Results[1].GetProperty("locations").GetRawText(), Is.Not.EqualTo(old.Results[1].GetProperty("locations").GetRawText()));
    }

    [Test]
    public void Different_findings_have_different_fingerprints_and_equal_ones_numbers()
    {
        var one = Copied("a.c", 1, 1);
        Violation[] violations =
        [
            one, one with { Line = 5 }, one with { SourceFile = "b.c" }, one with { SourceFile = null }, one with { Pass = "isra" },
            one with { Descriptor = DiagnosticCatalog.ForbiddenFolding }, one with { Function = "g" },
            one with { Object = "b.o", Objects = ["b.o"] }, one with { Object = "dir/a.of", Function = "" }, Unknown("x"), Unknown("y"), Enabled("x", "y"),
        ];
        var fingerprints = Fingerprints(Load(Result(
            [DiagnosticCatalog.StaleUnit.At("/x/a.c", 1, "text"), DiagnosticCatalog.StaleUnit.At("/x/a.c", 1, "other"), DiagnosticCatalog.StaleUnit.At("text")],
            violations), isValid: false));
        Assert.That(fingerprints, Is.Unique.And.Length.EqualTo(violations.Length + 3));
        Assert.That(fingerprints[4], Is.EqualTo($"{fingerprints[3]}:2"));
    }

    private static IEnumerable<Violation> Violations() =>
        from status in Enum.GetValues<ViolationStatus>()
        from severity in Enum.GetValues<DiagnosticSeverity>()
        from violation in (Violation[])
        [
            Copied("a b/c#.c", 3, 7), Copied("a.c", 3, 0), Copied("a.c", 0, 0), Copied(null, 0, 0), Copied("/usr/include/x.h", 1, 2),
            Copied("a.c", 1, 1) with { Descriptor = DiagnosticCatalog.ForbiddenFolding, Pass = "ipa-icf" },
            Copied("a.c", 1, 1) with { Descriptor = DiagnosticCatalog.ExternalInlined, Pass = "inline" },
            Enabled("ipa-ra", "gcc 12 -O2"), Unknown("no {record} of it"),
        ]
        orderby violation.Descriptor.Code
        select violation with { Status = status, Severity = severity, Justification = status == ViolationStatus.Excepted ? "why" : null };

    private static SarifLog Load(AnalysisResult result, bool isValid = true) => SarifLog.Parse(
        Encoding.UTF8.GetBytes(Text(result)), Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "Sarif", "sarif-subset.schema.json"), isValid);

    private static ImmutableArray<string> Fingerprints(SarifLog log) =>
        [.. log.Results.Select(r => r.GetProperty("partialFingerprints").EnumerateObject().Single().Value.GetString()!)];

    private static JsonElement Artifact(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation");

    private static string? Function(JsonElement result) =>
        result.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString();
}
