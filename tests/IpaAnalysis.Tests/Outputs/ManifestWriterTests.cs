using System.Globalization;
using System.Text;
using System.Text.Json;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.EndToEnd.Manifests;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Outputs;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Tests.Dumps;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Outputs;

internal sealed class ManifestWriterTests
{
    private static readonly string[] s_hostile =
    [
        "plain", "quote\"s", "back\\slash", "new\nline", "carriage\rreturn", "</script>", "&<>'", "\u2028\u2029", "grüße", "😀", "\uFFFD",
        "\u0001\u001F\u007F\u0085", "\u00A0\u200B\uFEFF", "$(X)@(Y)%3B;", "{0}", "a\tb", "\uE000", "nul\0l",
    ];

    private static readonly string[] s_files = ["😀.h", "z.h", "\uFFFD.h"];

    [Test]
    public void The_bytes_of_a_small_result_are_these()
    {
        var graph = DependencyGraph.Build([
            new UnitText("dir/a.o") { Source = "dir/ä.c" }.Inline("f", "g").Clone("f", "f.isra.0", "isra").Static("f.isra.0").Global("g").Call("g", "f.isra.0").ToUnit(),
            new UnitText("b.o") { Source = "b.c", HasSymbolTable = false, HasCallGraph = false }.Inline("h", "k").ToUnit(),
        ]);
        var result = Run(graph, null, [DiagnosticCatalog.StaleUnit.At("/x/dir/ä.c", 7, "Quote \" and \u0001.")], "f", "h");
        Assert.That(Text(result), Is.EqualTo("""
            {
              "$schema": "affected-functions.schema.json",
              "schemaVersion": 1,
              "complete": false,
              "compilers": [],
              "summary": {
                "objects": 2,
                "functions": 5,
                "cloneEdges": 3,
                "callEdges": 1,
                "patchedFunctions": 2,
                "affectedFunctions": 3,
                "functionsToPatch": 3
              },
              "patchedFunctions": [
                {
                  "function": "f",
                  "sourceFile": "dir/ä.c",
                  "line": 1,
                  "column": 1,
                  "instances": [
                    {
                      "object": "dir/a.o",
                      "symbol": "f",
                      "emitted": false
                    }
                  ],
                  "affected": [
                    {
                      "object": "dir/a.o",
                      "symbol": "f.isra.0",
                      "function": "f",
                      "sourceFile": "dir/ä.c",
                      "line": 1,
                      "column": 1,
                      "emitted": true,
                      "reasons": [
                        {
                          "kind": "cloned",
                          "pass": "isra",
                          "from": "f",
                          "evidence": "dump"
                        }
                      ],
                      "confirmed": null
                    },
                    {
                      "object": "dir/a.o",
                      "symbol": "g",
                      "function": "g",
                      "sourceFile": "dir/ä.c",
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
                      "confirmed": null
                    }
                  ],
                  "functionsToPatch": [
                    {
                      "object": "dir/a.o",
                      "symbol": "g",
                      "function": "g",
                      "sourceFile": "dir/ä.c",
                      "line": 2,
                      "column": 1
                    }
                  ],
                  "exact": false,
                  "inexactBecause": [
                    {
                      "object": null,
                      "cause": "The compiler was not asked. Set IpaExactImpact to true."
                    }
                  ],
                  "unsafeCallees": [],
                  "foldedVariables": [],
                  "decisions": []
                },
                {
                  "function": "h",
                  "sourceFile": "b.c",
                  "line": 1,
                  "column": 1,
                  "instances": [
                    {
                      "object": "b.o",
                      "symbol": "h",
                      "emitted": null
                    }
                  ],
                  "affected": [
                    {
                      "object": "b.o",
                      "symbol": "k",
                      "function": "k",
                      "sourceFile": "b.c",
                      "line": 2,
                      "column": 1,
                      "emitted": null,
                      "reasons": [
                        {
                          "kind": "inlined",
                          "pass": "inline",
                          "from": "h",
                          "evidence": "dump"
                        }
                      ],
                      "confirmed": null
                    }
                  ],
                  "functionsToPatch": [
                    {
                      "object": "b.o",
                      "symbol": "h",
                      "function": "h",
                      "sourceFile": "b.c",
                      "line": 1,
                      "column": 1
                    },
                    {
                      "object": "b.o",
                      "symbol": "k",
                      "function": "k",
                      "sourceFile": "b.c",
                      "line": 2,
                      "column": 1
                    }
                  ],
                  "exact": false,
                  "inexactBecause": [
                    {
                      "object": null,
                      "cause": "The compiler was not asked. Set IpaExactImpact to true."
                    }
                  ],
                  "unsafeCallees": [],
                  "foldedVariables": [],
                  "decisions": []
                }
              ],
              "gate": {
                "policy": "none",
                "verdict": "notEvaluated",
                "violations": []
              },
              "diagnostics": [
                {
                  "code": "IPA2013",
                  "severity": "warning",
                  "file": "dir/ä.c",
                  "line": 7,
                  "message": "Quote \" and \u0001."
                },
                {
                  "code": "IPA4006",
                  "severity": "warning",
                  "file": null,
                  "line": null,
                  "message": "b.o has no symbol table, so it is unknown which functions have code of their own or share it. Give the objects beside their dumps, not stripped."
                }
              ]
            }

            """.ReplaceLineEndings("\n").Replace("and \u0001", "and \\u0001", StringComparison.Ordinal)));
    }

    [Test]
    public void A_function_without_a_place_has_nulls_and_the_index_its_rows()
    {
        var graph = new UnitText { HasCallGraph = false }.Symbol("f", isLocal: true).Symbol("f.isra.0", isLocal: true).ToGraph();
        using var index = JsonDocument.Parse(Text(Run(graph, null, [])));
        var row = index.RootElement.GetProperty("functions")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), Is.EqualTo(
                """{"function":"f","sourceFile":null,"line":null,"column":null,"instanceCount":1,"affectedCount":1,"functionsToPatchCount":1}"""));
            Assert.That(index.RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo([
                "$schema", "schemaVersion", "complete", "compilers", "summary", "patchedFunctions", "functions", "gate", "diagnostics",
            ]));
            Assert.That(index.RootElement.GetProperty("patchedFunctions").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public void Every_scope_is_valid_against_the_schema([Values] ManifestScope scope, [Values(false, true)] bool isHostile)
    {
        var graph = isHostile ? Hostile() : Fixtures(1, reversed: false);
        Diagnostic[] earlier = [.. DiagnosticCatalog.All.Select(d => d.At("/x/file", 3, "text")), DiagnosticCatalog.InternalError.At("text")];
        using var schema = JsonDocument.Parse(ManifestSchema.Content());
        using var manifest = JsonDocument.Parse(Text(Run(graph, scope, earlier, isHostile ? [] : ["leaf"])));
        Assert.That(JsonSchemaValidator.Validate(schema.RootElement, manifest.RootElement), Is.Empty);
        Assert.That(manifest.RootElement.TryGetProperty("functions", out _), Is.EqualTo(scope == ManifestScope.Index));
    }

    [Test]
    public void Hostile_names_come_back_exactly_through_a_parser()
    {
        using var manifest = JsonDocument.Parse(Text(Run(Hostile(), ManifestScope.All, [.. s_hostile.Select(h => DiagnosticCatalog.StaleUnit.At($"/x/{h}", 1, h))])));
        var functions = manifest.RootElement.GetProperty("patchedFunctions").EnumerateArray().ToArray();
        string[] names = [.. s_hostile.Where(h => h.IndexOfAny(['\n', '\0']) < 0)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(functions.Select(f => f.GetProperty("function").GetString()), Is.EquivalentTo(names.Select(n => $"f{n}")));
            Assert.That(functions.Select(f => f.GetProperty("affected")[0].GetProperty("symbol").GetString()), Is.EquivalentTo(names.Select(n => $"g{n}")));
            Assert.That(functions.Select(f => f.GetProperty("affected")[0].GetProperty("object").GetString()), Is.EquivalentTo(names.Select(n => $"{n}.o")));
            var diagnostics = manifest.RootElement.GetProperty("diagnostics").EnumerateArray().ToLookup(d => d.GetProperty("code").GetString());
            Assert.That(diagnostics[DiagnosticCatalog.StaleUnit.Code].Select(d => d.GetProperty("message").GetString()), Is.EquivalentTo(s_hostile));

            // A record with a control character is read, and told.
            Assert.That(diagnostics.Select(d => d.Key), Is.EquivalentTo([DiagnosticCatalog.StaleUnit.Code, DiagnosticCatalog.DumpLine.Code]));
        }
    }

    [Test]
    public void A_megabyte_of_name_comes_back()
    {
        var name = new string('n', 1 << 20);
        using var manifest = JsonDocument.Parse(Text(Run(new UnitText().Inline(name, "g").ToGraph(), ManifestScope.All, [])));
        Assert.That(manifest.RootElement.GetProperty("patchedFunctions")[0].GetProperty("function").GetString(), Is.EqualTo(name));
    }

    [Test]
    public void Arrays_are_sorted_by_the_bytes_of_UTF8()
    {
        var graph = DependencyGraph.Build(s_hostile.Where(h => h.IndexOfAny(['\n', '\0']) < 0)
            .Select((h, i) => new UnitText($"{h}.o") { Source = s_files[i % 3] }.Inline("f", $"z{h}").Inline("f", "a").Inline("f", "\uFFFD").Inline("f", "😀").Symbol("f", false).ToUnit()));
        using var manifest = JsonDocument.Parse(Text(Analysis.Run(
            graph,
            new AnalysisOptions { PatchedFunctions = [new FunctionQuery("f", AllMatches: true)], NormalizePath = p => p },
            [],
            CancellationToken.None)));
        foreach (var function in manifest.RootElement.GetProperty("patchedFunctions").EnumerateArray())
        {
            foreach (var array in (string[])["instances", "affected", "functionsToPatch"])
            {
                AssertSorted(function.GetProperty(array).EnumerateArray(), "object", "symbol");
            }
        }

        AssertSorted(manifest.RootElement.GetProperty("patchedFunctions").EnumerateArray(), "function", "sourceFile");
    }

    [Test]
    public void Neither_threads_nor_order_nor_culture_change_a_byte()
    {
        var expected = Text(Run(Fixtures(1, reversed: false), ManifestScope.All, []));
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (foreign.NumberFormat.NegativeSign, foreign.NumberFormat.NumberGroupSizes, foreign.DateTimeFormat.DateSeparator) = ("minus", [1], "!");
        CultureInfo.CurrentCulture = foreign;
        Assert.That(expected, Has.Length.GreaterThan(100_000));
        Assert.That(Text(Run(Fixtures(4, reversed: true), ManifestScope.All, [])), Is.EqualTo(expected));
    }

    [Test]
    public void The_schema_names_what_is_written()
    {
        using var schema = JsonDocument.Parse(ManifestSchema.Content());
        var kinds = schema.RootElement.GetProperty("$defs").GetProperty("reason").GetProperty("properties").GetProperty("kind").GetProperty("enum");
        var words = Enum.GetValues<DependencyKind>().Select(KindNames.Of).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(words, Is.EquivalentTo(kinds.EnumerateArray().Select(k => k.GetString())));
            Assert.That(words, Is.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal), "reasons are sorted by their kind's value");
            Assert.That(schema.RootElement.GetProperty("properties").GetProperty("schemaVersion").GetProperty("const").GetInt32(), Is.EqualTo(ManifestSchema.Version));
        }
    }

    private static void AssertSorted(IEnumerable<JsonElement> rows, params string[] keys)
    {
        string[] joined = [.. rows.Select(r => string.Join('\0', keys.Select(k => Convert.ToHexString(Encoding.UTF8.GetBytes(r.GetProperty(k).GetString()!)))))];
        Assert.That(joined, Has.Length.GreaterThan(2).And.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal));
    }

    /// <summary>A function of each hostile name, in an object and a file of that name; what a text file cannot hold in one line is left out.</summary>
    private static DependencyGraph Hostile() => DependencyGraph.Build(s_hostile.Where(h => h.IndexOfAny(['\n', '\0']) < 0)
        .Select(h => new UnitText($"{h}.o") { Source = $"{h}.c", HasCallGraph = false }.Inline($"f{h}", $"g{h}").Symbol($"g{h}", false).ToUnit()));

    private static DependencyGraph Fixtures(int threads, bool reversed)
    {
        Unit[] units =
        [
            .. DumpFixtures.Files("*.ipa-clones").Select(dump => (dump, stem: dump[..dump.LastIndexOf(".c.", StringComparison.Ordinal)])).Select(f => new Unit
            {
                Object = Path.GetRelativePath(DumpFixtures.Directory, f.stem) + ".o",
                DumpPath = f.dump,
                CallGraphPath = File.Exists(f.stem + ".ci") ? f.stem + ".ci" : null,
                ObjectPath = File.Exists(f.stem + ".o") ? f.stem + ".o" : null,
                Paths = new SourcePathMap([]),
            }),
        ];
        units = reversed ? [.. units.Reverse()] : units;
        return DependencyGraph.Build(units.Zip(SummaryReader.ReadAll(units, threads, CancellationToken.None), (u, s) => new GraphUnit(u.Object, s, p => p)));
    }

    private static AnalysisResult Run(DependencyGraph graph, ManifestScope? scope, Diagnostic[] earlier, params string[] patched) => Analysis.Run(
        graph,
        new AnalysisOptions
        {
            Scope = scope,
            PatchedFunctions = [.. patched.Select(p => new FunctionQuery(p))],
            NormalizePath = path => path.Replace("/x/", "", StringComparison.Ordinal),
        },
        earlier,
        CancellationToken.None);

    private static string Text(AnalysisResult result)
    {
        using var stream = new MemoryStream();
        ManifestWriter.Write(result, stream);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }
}
