using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Outputs;

/// <summary>
/// Writes patched functions of the manifest as the bytes that <see cref="Utf8JsonWriter"/> would write for them. What scope
/// <c>all</c> tells of a kernel are 400 MB of the same few words again and again. Not safe for several threads.
/// </summary>
internal sealed class PatchedFunctionText(AnalysisResult result, JavaScriptEncoder encoder)
{
    private static readonly byte[][] s_outerLabels = Labels("\n      ");
    private static readonly byte[][] s_innerLabels = Labels("\n          ");

    private readonly IVertexNames _names = result.Names;
    private readonly Utf8Text _text = new(encoder);
    private readonly Utf8Text _words = new(encoder);
    private readonly Dictionary<Dependency, byte[]> _dependencies = [];
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly byte[]?[] _objects = new byte[result.Names.UnitCount][];
    private Confirmations? _confirmations;

    /// <summary>How many functions were written.</summary>
    public int Count { get; private set; }

    /// <inheritdoc cref="Utf8Text.CopyTo"/>
    public void CopyTo(Stream stream) => _text.CopyTo(stream);

    /// <inheritdoc cref="Utf8Text.ToArray"/>
    public byte[] ToArray() => _text.ToArray();

    /// <summary>Functions as elements of the array, each after a line break.</summary>
    public void Write(int start, int count)
    {
        _text.Clear();
        Count = count;
        for (var i = start; i < start + count; i++)
        {
            _text.Raw(i == start ? "\n    {"u8 : ",\n    {"u8);
            WriteFunction(result.PatchedFunctions[i], result.Exact.IsEmpty ? null : result.Exact[i]);
            _text.Raw("\n    }"u8);
        }
    }

    private static byte[][] Labels(string lineBreak)
    {
        string[] labels = ["\"function\": ", "\"sourceFile\": ", "\"line\": ", "\"column\": "];
        return [.. labels.Select((label, i) => Encoding.UTF8.GetBytes((i == 0 ? "" : ",") + lineBreak + label))];
    }

    /// <summary>Writes a function.</summary>
    /// <param name="impact">What depends on it.</param>
    /// <param name="exact">What compiling again tells of it; null where nothing was asked, which is then left out.</param>
    private void WriteFunction(FunctionImpact impact, ExactImpact? exact)
    {
        _confirmations = exact is null ? null : new Confirmations(exact);
        WriteSourceFunction(impact.Function, s_outerLabels);
        WriteArray(",\n      \"instances\": ["u8, impact.Instances, WriteInstance);
        WriteArray(",\n      \"affected\": ["u8, impact.Affected, WriteAffected);
        WriteArray(",\n      \"functionsToPatch\": ["u8, impact.FunctionsToPatch, WriteFunctionToPatch);
        if (exact is not null)
        {
            ExactImpactText.Write(_text, exact);
            WriteArray(",\n      \"decisions\": ["u8, exact.Decisions, d => WriteAffected(d.Affected));
        }
    }

    private void WriteArray<T>(ReadOnlySpan<byte> start, IReadOnlyList<T> elements, Action<T> write)
    {
        _text.Raw(start);
        for (var i = 0; i < elements.Count; i++)
        {
            _text.Raw(i == 0 ? "\n        {"u8 : ",\n        {"u8);
            write(elements[i]);
            _text.Raw("\n        }"u8);
        }

        _text.Raw(elements.Count == 0 ? "]"u8 : "\n      ]"u8);
    }

    private void WriteInstance(int vertex)
    {
        WriteVertex(vertex);
        WriteEmitted(vertex);
    }

    private void WriteAffected(AffectedFunction affected)
    {
        WriteVertex(affected.Vertex);
        _text.Raw(","u8);
        WriteSourceFunction(_names.SourceFunctionOf(affected.Vertex), s_innerLabels);
        WriteEmitted(affected.Vertex);
        _text.Raw(",\n          \"reasons\": ["u8);
        for (var i = 0; i < affected.Reasons.Count; i++)
        {
            var (dependency, from) = affected.Reasons[i];
            _text.Raw(i == 0 ? "\n            {"u8 : ",\n            {"u8);
            _text.Raw(WordsOf(dependency));
            _text.String(_names.Utf8SymbolOf(from));
            if (_confirmations is not null)
            {
                _text.Raw(",\n              \"evidence\": "u8);
                _text.String(KindNames.EvidenceOf(dependency, IsInDump(from, affected.Vertex)));
            }

            _text.Raw("\n            }"u8);
        }

        _text.Raw(affected.Reasons.Count == 0 ? "]"u8 : "\n          ]"u8);
        if (_confirmations is not null)
        {
            _text.Raw(_confirmations.Of(affected.Vertex) switch
            {
                true => ",\n          \"confirmed\": true"u8,
                false => ",\n          \"confirmed\": false"u8,
                null => ",\n          \"confirmed\": null"u8,
            });
        }
    }

    /// <summary>Whether a line of the clone dump tells of a copy.</summary>
    private bool IsInDump(int from, int to)
    {
        var graph = result.Graph;
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

    private void WriteFunctionToPatch(int vertex)
    {
        WriteVertex(vertex);
        _text.Raw(","u8);
        WriteSourceFunction(_names.SourceFunctionOf(vertex), s_innerLabels);
    }

    private void WriteVertex(int vertex)
    {
        _text.Raw("\n          \"object\": "u8);
        _text.Raw(WordsOfObject(_names.UnitOf(vertex)));
        _text.Raw(",\n          \"symbol\": "u8);
        _text.String(_names.Utf8SymbolOf(vertex));
    }

    private void WriteEmitted(int vertex) => _text.Raw(_names.IsEmitted(vertex) switch
    {
        true => ",\n          \"emitted\": true"u8,
        false => ",\n          \"emitted\": false"u8,
        null => ",\n          \"emitted\": null"u8,
    });

    private void WriteSourceFunction(int sourceFunction, byte[][] labels)
    {
        var function = _names.WordsOf(sourceFunction);
        _text.Raw(labels[0]);
        _text.String(function.Name);
        _text.Raw(labels[1]);
        _text.Raw(WordsOfFile(function.File));
        _text.Raw(labels[2]);
        _text.PositiveOrNull(function.Line);
        _text.Raw(labels[3]);
        _text.PositiveOrNull(function.Column);
    }

    private ReadOnlySpan<byte> WordsOfFile(string? file)
    {
        if (file is null)
        {
            return "null"u8;
        }

        if (!_files.TryGetValue(file, out var words))
        {
            _words.Clear();
            _words.String(file);
            _files[file] = words = _words.ToArray();
        }

        return words;
    }

    /// <summary>What a reason says before its last member.</summary>
    private byte[] WordsOf(Dependency dependency)
    {
        if (!_dependencies.TryGetValue(dependency, out var words))
        {
            _words.Clear();
            _words.Raw("\n              \"kind\": "u8);
            _words.String(KindNames.Of(dependency.Kind));
            _words.Raw(",\n              \"pass\": "u8);
            _words.String(dependency.Pass);
            _words.Raw(",\n              \"from\": "u8);
            _dependencies[dependency] = words = _words.ToArray();
        }

        return words;
    }

    private byte[] WordsOfObject(int unit)
    {
        if (_objects[unit] is null)
        {
            _words.Clear();
            _words.String(_names.ObjectOf(unit));
            _objects[unit] = _words.ToArray();
        }

        return _objects[unit]!;
    }
}
