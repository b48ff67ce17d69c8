using System.Text.Json;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Outputs;

/// <summary>
/// Writes patched functions of the manifest, some at a time and apart from it, so that several threads may. What scope <c>all</c> tells of
/// a kernel are 400 MB of the same few words again and again: those are encoded once. Not safe for several threads.
/// </summary>
internal sealed class PatchedFunctionWriter : IDisposable
{
    private readonly AnalysisResult _result;
    private readonly IVertexNames _names;
    private readonly ChunkedBuffer _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, JsonEncodedText> _words = new(StringComparer.Ordinal);
    private readonly JsonEncodedText?[] _objects;
    private Confirmations? _confirmations;

    /// <summary>Makes a writer for a result.</summary>
    public PatchedFunctionWriter(AnalysisResult result)
    {
        _result = result;
        _names = result.Names;

        // The tests read what it writes; checking every member as well would be done for each of a kernel's 600,000 rows.
        _json = new Utf8JsonWriter(_buffer, ManifestWriter.Layout with { SkipValidation = true });
        _objects = new JsonEncodedText?[result.Names.UnitCount];
    }

    /// <summary>How many functions were written.</summary>
    public int Count { get; private set; }

    /// <inheritdoc cref="ChunkedBuffer.CopyTo"/>
    public void CopyTo(Stream stream) => _buffer.CopyTo(stream);

    /// <inheritdoc cref="ChunkedBuffer.ToArray"/>
    public byte[] ToArray() => _buffer.ToArray();

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    /// <summary>Functions as elements of the manifest's array, with commas between them and the line break before each.</summary>
    public void Write(int start, int count)
    {
        // As deep as they stand in the manifest, of which nothing else is kept here.
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteStartArray(Names.PatchedFunctions);
        _json.Flush();
        _buffer.Clear();
        Count = count;
        for (var i = start; i < start + count; i++)
        {
            WriteFunction(_result.PatchedFunctions[i], _result.Exact.IsEmpty ? null : _result.Exact[i]);
        }

        _json.Flush();
    }

    /// <summary>Writes a function.</summary>
    /// <param name="impact">What depends on it.</param>
    /// <param name="exact">What compiling again tells of it; null where nothing was asked, which is then left out.</param>
    private void WriteFunction(FunctionImpact impact, ExactImpact? exact)
    {
        _confirmations = exact is null ? null : new Confirmations(exact);
        _json.WriteStartObject();
        WriteSourceFunction(impact.Function);
        _json.WriteStartArray(Names.Instances);
        foreach (var instance in impact.Instances)
        {
            _json.WriteStartObject();
            WriteVertex(instance);
            WriteBoolean(Names.Emitted, _names.IsEmitted(instance));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        WriteAffected(Names.Affected, impact.Affected);
        _json.WriteStartArray(Names.FunctionsToPatch);
        foreach (var vertex in impact.FunctionsToPatch)
        {
            _json.WriteStartObject();
            WriteVertex(vertex);
            WriteSourceFunction(_names.SourceFunctionOf(vertex));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        if (exact is not null)
        {
            ExactImpactWriter.Write(_json, exact);
            WriteAffected(Names.Decisions, [.. exact.Decisions.Select(static d => d.Affected)]);
        }

        _json.WriteEndObject();
    }

    private void WriteAffected(JsonEncodedText name, IReadOnlyList<AffectedFunction> functions)
    {
        _json.WriteStartArray(name);
        foreach (var affected in functions)
        {
            _json.WriteStartObject();
            WriteVertex(affected.Vertex);
            WriteSourceFunction(_names.SourceFunctionOf(affected.Vertex));
            WriteBoolean(Names.Emitted, _names.IsEmitted(affected.Vertex));
            _json.WriteStartArray(Names.Reasons);
            foreach (var reason in affected.Reasons)
            {
                WriteReason(reason, affected.Vertex);
            }

            _json.WriteEndArray();
            if (_confirmations is not null)
            {
                WriteBoolean(Names.Confirmed, _confirmations.Of(affected.Vertex));
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteReason(Reason reason, int vertex)
    {
        var (dependency, from) = reason;
        _json.WriteStartObject();
        _json.WriteString(Names.Kind, Encoded(KindNames.Of(dependency.Kind)));
        _json.WriteString(Names.Pass, Encoded(dependency.Pass));
        _json.WriteString(Names.From, _names.Utf8SymbolOf(from));
        if (_confirmations is not null)
        {
            _json.WriteString(Names.Evidence, KindNames.EvidenceOf(dependency, IsInDump(from, vertex)));
        }

        _json.WriteEndObject();
    }

    /// <summary>Whether a line of the clone dump tells of a copy.</summary>
    private bool IsInDump(int from, int to)
    {
        var graph = _result.Graph;
        var unit = graph.UnitOf(from);
        var first = graph.VertexOf(unit, 0);
        foreach (var edge in graph.Units[unit].Summary.CloneEdgesOf(from - first))
        {
            if (edge.Copy == to - first && edge.Line > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void WriteVertex(int vertex)
    {
        var unit = _names.UnitOf(vertex);
        _json.WriteString(Names.Object, _objects[unit] ??= JsonEncodedText.Encode(_names.ObjectOf(unit), ManifestWriter.Layout.Encoder));
        _json.WriteString(Names.Symbol, _names.Utf8SymbolOf(vertex));
    }

    private void WriteSourceFunction(int sourceFunction)
    {
        var function = _names.WordsOf(sourceFunction);
        _json.WriteString(Names.Function, function.Name);
        if (function.File is null)
        {
            _json.WriteNull(Names.SourceFile);
        }
        else
        {
            _json.WriteString(Names.SourceFile, Encoded(function.File));
        }

        WritePositive(Names.Line, function.Line);
        WritePositive(Names.Column, function.Column);
    }

    private void WritePositive(JsonEncodedText name, int value)
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

    private void WriteBoolean(JsonEncodedText name, bool? value)
    {
        if (value is { } known)
        {
            _json.WriteBoolean(name, known);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    private JsonEncodedText Encoded(string text)
    {
        if (!_words.TryGetValue(text, out var encoded))
        {
            _words[text] = encoded = JsonEncodedText.Encode(text, ManifestWriter.Layout.Encoder);
        }

        return encoded;
    }

    /// <summary>The members' names, encoded once.</summary>
    private static class Names
    {
        public static readonly JsonEncodedText PatchedFunctions = JsonEncodedText.Encode("patchedFunctions");
        public static readonly JsonEncodedText Function = JsonEncodedText.Encode("function");
        public static readonly JsonEncodedText SourceFile = JsonEncodedText.Encode("sourceFile");
        public static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
        public static readonly JsonEncodedText Column = JsonEncodedText.Encode("column");
        public static readonly JsonEncodedText Instances = JsonEncodedText.Encode("instances");
        public static readonly JsonEncodedText Affected = JsonEncodedText.Encode("affected");
        public static readonly JsonEncodedText FunctionsToPatch = JsonEncodedText.Encode("functionsToPatch");
        public static readonly JsonEncodedText Decisions = JsonEncodedText.Encode("decisions");
        public static readonly JsonEncodedText Object = JsonEncodedText.Encode("object");
        public static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("symbol");
        public static readonly JsonEncodedText Emitted = JsonEncodedText.Encode("emitted");
        public static readonly JsonEncodedText Reasons = JsonEncodedText.Encode("reasons");
        public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
        public static readonly JsonEncodedText Pass = JsonEncodedText.Encode("pass");
        public static readonly JsonEncodedText From = JsonEncodedText.Encode("from");
        public static readonly JsonEncodedText Evidence = JsonEncodedText.Encode("evidence");
        public static readonly JsonEncodedText Confirmed = JsonEncodedText.Encode("confirmed");
    }
}
