using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Graph;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Outputs;

/// <summary>Writes the affected-functions manifest: contract section 6, byte for byte the same for the same result.</summary>
internal sealed class ManifestWriter
{
    /// <summary>How every JSON file of ours is laid out.</summary>
    internal static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentCharacter = ' ',
        IndentSize = 2,
        NewLine = "\n",

        // The file is UTF-8 and read by tools, not embedded in HTML: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int FlushLength = 1 << 16;

    private readonly AnalysisResult _result;
    private readonly ManifestSettings _settings;
    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;

    private ManifestWriter(AnalysisResult result, ManifestSettings settings, Stream stream, Utf8JsonWriter json)
    {
        _result = result;
        _settings = settings;
        _stream = stream;
        _json = json;
    }

    /// <summary>Writes a result to a stream, some functions at a time.</summary>
    public static void Write(AnalysisResult result, Stream stream) => Write(result, new ManifestSettings(), stream);

    /// <summary>Writes a result to a stream, some functions at a time. The bytes do not depend on the settings.</summary>
    /// <exception cref="OperationCanceledException">The work was ended early; the stream holds a part.</exception>
    public static void Write(AnalysisResult result, ManifestSettings settings, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(stream);
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            new ManifestWriter(result, settings, stream, json).WriteManifest();
        }

        stream.WriteByte((byte)'\n');
    }

    private void WriteManifest()
    {
        _json.WriteStartObject();
        _json.WriteString("$schema", ManifestSchema.FileName);
        _json.WriteNumber("schemaVersion", ManifestSchema.Version);
        _json.WriteBoolean("complete", _result.Complete);
        _json.WriteStartArray("compilers");
        foreach (var compiler in _result.Compilers)
        {
            _json.WriteStringValue(compiler);
        }

        _json.WriteEndArray();
        WriteSummary();
        WritePatchedFunctions();
        if (_result.Scope == ManifestScope.Index)
        {
            WriteIndex();
        }

        WriteGate();
        WriteDiagnostics();
        _json.WriteEndObject();
    }

    private void WritePatchedFunctions()
    {
        _json.WriteStartArray("patchedFunctions");
        var isFirst = true;
        new PatchedFunctionQueue(_result, _settings).Run(text =>
        {
            if (isFirst)
            {
                // So that the writer knows of elements when it ends the array.
                _json.WriteRawValue(text.ToArray(), skipInputValidation: true);
                _json.Flush();
                isFirst = false;
                return;
            }

            _stream.WriteByte((byte)',');
            text.CopyTo(_stream);
        });
        _json.WriteEndArray();
    }

    private void WriteSummary()
    {
        var totals = _result.Totals;
        _json.WriteStartObject("summary");
        _json.WriteNumber("objects", totals.Objects);
        _json.WriteNumber("functions", totals.Functions);
        _json.WriteNumber("cloneEdges", totals.CloneEdges);
        _json.WriteNumber("callEdges", totals.CallEdges);
        _json.WriteNumber("patchedFunctions", totals.PatchedFunctions);
        _json.WriteNumber("affectedFunctions", totals.AffectedFunctions);
        _json.WriteNumber("functionsToPatch", totals.FunctionsToPatch);
        _json.WriteEndObject();
    }

    private void WriteIndex()
    {
        _json.WriteStartArray("functions");
        foreach (var row in _result.Index)
        {
            _json.WriteStartObject();
            WriteSourceFunction(row.Function);
            _json.WriteNumber("instanceCount", row.InstanceCount);
            _json.WriteNumber("affectedCount", row.AffectedCount);
            _json.WriteNumber("functionsToPatchCount", row.FunctionsToPatchCount);
            _json.WriteEndObject();
            if (_json.BytesPending > FlushLength)
            {
                // It would hold the whole manifest until its end.
                _json.Flush();
            }
        }

        _json.WriteEndArray();
    }

    private void WriteGate()
    {
        var gate = _result.Gate;
        _json.WriteStartObject("gate");
        _json.WriteString("policy", gate.Policy);
        _json.WriteString("verdict", KindNames.Of(gate.Verdict));
        _json.WriteStartArray("violations");
        foreach (var violation in gate.Violations)
        {
            WriteViolation(violation);
            _json.Flush();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteViolation(Violation violation)
    {
        _json.WriteStartObject();
        _json.WriteString("code", violation.Descriptor.Code);
        _json.WriteString("pass", violation.Pass);
        _json.WriteString("severity", KindNames.Of(violation.Severity));
        _json.WriteString("object", violation.Object);
        _json.WriteString("function", violation.Function);
        _json.WriteString("sourceFile", violation.SourceFile);
        WriteNumberOrNull("line", violation.Line);
        _json.WriteString("evidence", violation.Evidence);
        _json.WriteNumber("objectCount", violation.Objects.Length);
        _json.WriteStartArray("objects");
        foreach (var name in violation.Objects)
        {
            _json.WriteStringValue(name);
        }

        _json.WriteEndArray();
        _json.WriteString("justification", violation.Justification);
        _json.WriteString("accepted", KindNames.Of(violation.Status));
        _json.WriteEndObject();
    }

    private void WriteDiagnostics()
    {
        _json.WriteStartArray("diagnostics");
        foreach (var finding in _result.Findings)
        {
            _json.WriteStartObject();
            _json.WriteString("code", finding.Diagnostic.Code);
            _json.WriteString("severity", KindNames.Of(finding.Diagnostic.Severity));
            _json.WriteString("file", finding.File);
            WriteNumberOrNull("line", finding.Diagnostic.Line);
            _json.WriteString("message", finding.Diagnostic.Message);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteSourceFunction(SourceFunction function)
    {
        _json.WriteString("function", function.Name);
        _json.WriteString("sourceFile", function.File);
        WriteNumberOrNull("line", function.Line);
        WriteNumberOrNull("column", function.Column);
    }

    private void WriteNumberOrNull(string name, int value)
    {
        if (value > 0)
        {
            _json.WriteNumber(name, value);
        }
        else
        {
            _json.WriteNull(name);
        }
    }
}
