using System.Text.Json;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Outputs;

/// <summary>
/// Writes diagnostics and the gate's violations as a log in the Static Analysis Results Interchange Format, SARIF 2.1.0
/// (OASIS standard); section numbers in comments are its. Byte for byte the same for the same result.
/// </summary>
internal sealed class SarifWriter
{
    // A violation can hold for every object of a kernel; the manifest lists them all.
    private const int MaxLocations = 20;

    private readonly AnalysisResult _result;
    private readonly SarifSettings _settings;
    private readonly Utf8JsonWriter _json;
    private readonly SarifFingerprints _fingerprints = new();
    private readonly Dictionary<string, int> _ruleIndices = new(StringComparer.Ordinal);

    private SarifWriter(AnalysisResult result, SarifSettings settings, Utf8JsonWriter json)
    {
        _result = result;
        _settings = settings;
        _json = json;
    }

    /// <summary>Writes a result to a stream, a finding at a time.</summary>
    public static void Write(AnalysisResult result, SarifSettings settings, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(stream);
        using (var json = new Utf8JsonWriter(stream, ManifestWriter.Layout))
        {
            new SarifWriter(result, settings, json).WriteLog();
        }

        stream.WriteByte((byte)'\n');
    }

    private void WriteLog()
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        WriteTool();
        WriteRoots();

        // 3.14.27: GCC counts bytes, for which there is no word; the two differ only behind non-ASCII text in the line.
        _json.WriteString("columnKind", "unicodeCodePoints");
        _json.WriteStartArray("results");
        foreach (var finding in _result.Findings)
        {
            WriteFinding(finding);
            FlushIfMuch();
        }

        foreach (var violation in _result.Gate.Violations)
        {
            WriteViolation(violation);
            FlushIfMuch();
        }

        _json.WriteEndArray();
        _json.WriteStartObject("properties");
        _json.WriteBoolean("complete", _result.Complete);
        _json.WriteString("policy", _result.Gate.Policy);
        _json.WriteString("verdict", KindNames.Of(_result.Gate.Verdict));
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    // Not after each result, of which there may be hundreds of thousands: a flush is a system call.
    private void FlushIfMuch()
    {
        if (_json.BytesPending > 1 << 16)
        {
            _json.Flush();
        }
    }

    private void WriteTool()
    {
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "IpaAnalysis");
        _json.WriteString("version", _settings.Version);

        // The codes that occur: all of them with their help would be most of a small log.
        _json.WriteStartArray("rules");
        var rules = _result.Findings.Select(f => f.Diagnostic.Descriptor).Concat(_result.Gate.Violations.Select(v => v.Descriptor))
            .DistinctBy(d => d.Code)
            .OrderBy(d => d.Code, StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            _ruleIndices.Add(rule.Code, _ruleIndices.Count);
            WriteRule(rule);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRule(DiagnosticDescriptor rule)
    {
        var help = DiagnosticHelp.Of(rule);
        _json.WriteStartObject();
        _json.WriteString("id", rule.Code);
        _json.WriteString("name", SarifText.RuleName(rule));
        WriteText("shortDescription", $"{rule.Title}.");
        WriteText("fullDescription", SarifText.Plain(help.Cause));

        // 3.49.12: helpUri is absolute, and the readme lies wherever the package was restored; so its chapter is in the log.
        var chapter = $"{help.Cause}\n\nRemedy: {help.Remedy}";
        WriteText("help", SarifText.Plain(chapter), chapter);
        _json.WriteStartObject("defaultConfiguration");
        _json.WriteString("level", SarifText.Level(rule.Severity));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteRoots()
    {
        // 3.14.14: the absolute places are left out, as the log is the same wherever it is made.
        _json.WriteStartObject("originalUriBaseIds");
        WriteRoot(SarifLocation.ObjectRoot, "What the names of objects are relative to: IpaSourceRoot, or the directory of the module or object tree, whose TreeName comes first.");
        WriteRoot(SarifLocation.SourceRoot, "What files are relative to: the directory of the module or object tree, its kernel, or IpaSourceRoot, the first of them that holds the file.");
        _json.WriteEndObject();
    }

    private void WriteRoot(string name, string description)
    {
        _json.WriteStartObject(name);
        WriteText("description", description);
        _json.WriteEndObject();
    }

    private void WriteFinding(Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        WriteStart(diagnostic.Descriptor, diagnostic.Severity, diagnostic.Message);
        WriteLocations(finding.File is null ? [] : [new SarifLocation(finding.File, false, diagnostic.Line, diagnostic.Column)]);
        WriteFingerprint("ipaDiagnostic/v1", _fingerprints.Next(diagnostic.Code, finding.File, diagnostic.Message));
        WriteSuppressions(null);
        _json.WriteEndObject();
    }

    private void WriteViolation(Violation violation)
    {
        var text = ViolationText.Of(violation);
        var isRemediable = violation is { Status: ViolationStatus.Counts, Pass: not null };
        WriteStart(violation.Descriptor, violation.Severity, isRemediable ? $"{text} {ViolationText.Remedy(violation, _result.Gate.RecommendedFlags)}" : text);
        if (violation is { Object: { } analysed, SourceFile: not null })
        {
            WriteArtifact("analysisTarget", new SarifLocation(analysed, true));
        }

        WriteLocations(Locations(violation));

        // Objects come and go: a violation of whole objects is known by its pass, or by why that is unknown.
        WriteFingerprint("ipaViolation/v1", _fingerprints.Next(
            violation.Descriptor.Code, violation.Pass ?? violation.Evidence, violation.Object, violation.Function, violation.SourceFile));
        WriteSuppressions(violation.Status switch
        {
            ViolationStatus.Excepted => violation.Justification ?? "accepted by an IpaGateException",
            ViolationStatus.Known => "known in the baseline",
            _ => null,
        });
        WriteProperties(violation);
        _json.WriteEndObject();
    }

    private static IEnumerable<SarifLocation> Locations(Violation violation) => violation.SourceFile is { } source
        ? [new SarifLocation(source, false, violation.Line, violation.Column, violation.Function)]
        // 3.27.12: several only if each has to be changed, as here.
        : violation.Objects.Take(MaxLocations).Select(o => new SarifLocation(o, true, Function: violation.Function));

    private void WriteStart(DiagnosticDescriptor rule, DiagnosticSeverity severity, string message)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", rule.Code);
        _json.WriteNumber("ruleIndex", _ruleIndices[rule.Code]);
        _json.WriteString("level", SarifText.Level(severity));
        WriteText("message", message.Length > 0 ? message : rule.Title);
    }

    private void WriteLocations(IEnumerable<SarifLocation> locations)
    {
        _json.WriteStartArray("locations");
        foreach (var location in locations)
        {
            _json.WriteStartObject();
            _json.WriteStartObject("physicalLocation");
            WriteArtifact("artifactLocation", location);
            if (location.Line > 0)
            {
                _json.WriteStartObject("region");
                _json.WriteNumber("startLine", location.Line);
                if (location.Column > 0)
                {
                    _json.WriteNumber("startColumn", location.Column);
                }

                _json.WriteEndObject();
            }

            _json.WriteEndObject();
            if (location.Function is not null)
            {
                _json.WriteStartArray("logicalLocations");
                _json.WriteStartObject();
                _json.WriteString("fullyQualifiedName", location.Function);
                _json.WriteString("kind", "function");
                _json.WriteEndObject();
                _json.WriteEndArray();
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteArtifact(string name, SarifLocation location)
    {
        _json.WriteStartObject(name);
        _json.WriteString("uri", location.Uri);
        if (location.UriBaseId is { } root)
        {
            _json.WriteString("uriBaseId", root);
        }

        _json.WriteEndObject();
    }

    private void WriteFingerprint(string name, string value)
    {
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString(name, value);
        _json.WriteEndObject();
    }

    private void WriteSuppressions(string? justification)
    {
        // 3.27.23: either all results have the array or none.
        _json.WriteStartArray("suppressions");
        if (justification is not null)
        {
            _json.WriteStartObject();
            _json.WriteString("kind", "external");
            _json.WriteString("status", "accepted");
            _json.WriteString("justification", justification);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteProperties(Violation violation)
    {
        _json.WriteStartObject("properties");
        if (violation.Pass is not null)
        {
            _json.WriteString("pass", violation.Pass);
        }

        if (violation.Object is not null)
        {
            _json.WriteString("object", violation.Object);
        }

        _json.WriteNumber("objectCount", violation.Objects.Length);
        _json.WriteString("evidence", violation.Evidence);
        _json.WriteEndObject();
    }

    private void WriteText(string name, string text, string? markdown = null)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", SarifText.Literal(text));
        if (markdown is not null)
        {
            _json.WriteString("markdown", SarifText.Literal(markdown));
        }

        _json.WriteEndObject();
    }
}
