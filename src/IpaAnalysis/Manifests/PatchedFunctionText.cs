using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Manifests;

/// <summary>
/// Writes a patched function of the manifest as the bytes that <see cref="Utf8JsonWriter"/> would write for it. What scope
/// <c>all</c> tells of a kernel are 400 MB of the same few functions again and again: each is put into words once.
/// </summary>
internal sealed class PatchedFunctionText(DependencyGraph graph, JavaScriptEncoder encoder)
{
    private readonly Utf8Text _text = new(encoder);
    private readonly Utf8Text _words = new(encoder);
    private readonly Dictionary<Dependency, byte[]> _dependencies = [];
    private readonly byte[]?[] _functions = new byte[graph.SourceFunctions.Length][];
    private readonly byte[]?[] _objects = new byte[graph.Units.Length][];
    private Confirmations? _confirmations;

    /// <summary>The function as an element of the array, after a line break; valid until the next call.</summary>
    /// <param name="impact">What depends on it.</param>
    /// <param name="exact">What compiling again tells of it; null where nothing was asked, which is then left out.</param>
    public ReadOnlySpan<byte> Write(FunctionImpact impact, ExactImpact? exact = null)
    {
        _confirmations = exact is null ? null : new Confirmations(exact);
        _text.Clear();
        _text.Raw("\n    {"u8);
        WriteSourceFunction(_text, impact.Function, "\n      "u8);
        WriteArray(",\n      \"instances\": ["u8, impact.Instances, WriteInstance);
        WriteArray(",\n      \"affected\": ["u8, impact.Affected, WriteAffected);
        WriteArray(",\n      \"functionsToPatch\": ["u8, impact.FunctionsToPatch, WriteFunctionToPatch);
        if (exact is not null)
        {
            ExactImpactText.Write(_text, exact);
            WriteArray(",\n      \"decisions\": ["u8, exact.Decisions, d => WriteAffected(d.Affected));
        }

        _text.Raw("\n    }"u8);
        return _text.Written;
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
        _text.Raw(WordsOf(graph.SourceFunctionOf(affected.Vertex)));
        WriteEmitted(affected.Vertex);
        _text.Raw(",\n          \"reasons\": ["u8);
        for (var i = 0; i < affected.Reasons.Count; i++)
        {
            var (dependency, from) = affected.Reasons[i];
            _text.Raw(i == 0 ? "\n            {"u8 : ",\n            {"u8);
            _text.Raw(WordsOf(dependency));
            _text.String(graph.Utf8SymbolOf(from));
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
        _text.Raw(WordsOf(graph.SourceFunctionOf(vertex)));
    }

    private void WriteVertex(int vertex)
    {
        _text.Raw("\n          \"object\": "u8);
        _text.Raw(WordsOfObject(graph.UnitOf(vertex)));
        _text.Raw(",\n          \"symbol\": "u8);
        _text.String(graph.Utf8SymbolOf(vertex));
    }

    private void WriteEmitted(int vertex) => _text.Raw(graph.IsEmitted(vertex) switch
    {
        true => ",\n          \"emitted\": true"u8,
        false => ",\n          \"emitted\": false"u8,
        null => ",\n          \"emitted\": null"u8,
    });

    private void WriteSourceFunction(Utf8Text text, int sourceFunction, ReadOnlySpan<byte> lineBreak)
    {
        var function = graph.SourceFunctions[sourceFunction];
        text.Raw(lineBreak);
        text.Raw("\"function\": "u8);
        text.String(function.Name);
        text.Raw(","u8);
        text.Raw(lineBreak);
        text.Raw("\"sourceFile\": "u8);
        text.String(function.File);
        text.Raw(","u8);
        text.Raw(lineBreak);
        text.Raw("\"line\": "u8);
        text.PositiveOrNull(function.Line);
        text.Raw(","u8);
        text.Raw(lineBreak);
        text.Raw("\"column\": "u8);
        text.PositiveOrNull(function.Column);
    }

    /// <summary>What an element of an inner array says of its source function.</summary>
    private byte[] WordsOf(int sourceFunction)
    {
        if (_functions[sourceFunction] is null)
        {
            _words.Clear();
            WriteSourceFunction(_words, sourceFunction, "\n          "u8);
            _functions[sourceFunction] = _words.Written.ToArray();
        }

        return _functions[sourceFunction]!;
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
            _dependencies[dependency] = words = _words.Written.ToArray();
        }

        return words;
    }

    private byte[] WordsOfObject(int unit)
    {
        if (_objects[unit] is null)
        {
            _words.Clear();
            _words.String(graph.Units[unit].Object);
            _objects[unit] = _words.Written.ToArray();
        }

        return _objects[unit]!;
    }
}
