using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Dumps.Clones;
using IpaAnalysis.Dumps.Folding;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Tests.Dumps;

/// <summary>A location as a value. Bytes become Latin-1 characters, so that nothing is lost.</summary>
internal sealed record Place(string File, int Line, int Column)
{
    public static Place Of(SourceLocation location) => new(DumpRows.Text(location.File), location.Line, location.Column);
}

/// <summary>A call-graph node of a clone dump as a value.</summary>
internal sealed record NodeRow(string Symbol, int Order, Place Location)
{
    public static NodeRow Of(CloneDumpNode node) => new(DumpRows.Text(node.Symbol), node.Order, Place.Of(node.Location));
}

/// <summary>A clone dump's record as a value; no copy means a removal.</summary>
internal sealed record CloneRow(NodeRow Original, NodeRow? Copy, string Reason, int Line);

/// <summary>A call graph's record as a value.</summary>
internal sealed record GraphRow(CallGraphRecordKind Kind, string Name, string From, string To, bool Flag, bool Defined, Place? Location, int Line);

/// <summary>A folding record as a value.</summary>
internal sealed record FoldingRow(string Kept, string Folded, FoldingKind Kind, int Line);

/// <summary>Reads whole texts into values that tests can compare.</summary>
internal static class DumpRows
{
    public const string File = "/dir/x";

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The Latin-1 view of the UTF-8 form of a text.</summary>
    public static string Utf8(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static List<CloneRow> Clones(ReadOnlySpan<byte> text, DiagnosticBag diagnostics)
    {
        var rows = new List<CloneRow>();
        var reader = new CloneDumpReader(text, File, diagnostics);
        while (reader.Read(out var record))
        {
            var copy = record.Kind == CloneDumpRecordKind.Clone ? NodeRow.Of(record.Copy) : null;
            rows.Add(new CloneRow(NodeRow.Of(record.Original), copy, Text(record.Reason), record.Line));
        }

        return rows;
    }

    public static List<CloneRow> Clones(string text)
    {
        var diagnostics = new DiagnosticBag();
        var rows = Clones(Bytes(text), diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return rows;
    }

    /// <summary>Reads a text of which some records can be read but are told as damaged.</summary>
    public static List<CloneRow> DoubtfulClones(string text, params int[] lines)
    {
        var diagnostics = new DiagnosticBag();
        var rows = Clones(Bytes(text), diagnostics);
        Assert.That(diagnostics.Select(d => (d.Code, d.Line)), Is.EquivalentTo(lines.Select(line => ("IPA3001", line))));
        Assert.That(diagnostics.Select(d => d.Message), Has.All.Contains("can be read"));
        return rows;
    }

    public static List<GraphRow> Graph(ReadOnlySpan<byte> text, DiagnosticBag diagnostics)
    {
        var rows = new List<GraphRow>();
        var reader = new CallGraphReader(text, File, diagnostics);
        while (reader.Read(out var r))
        {
            var location = r.Location.File.IsEmpty && r.Location.Line == 0 ? null : Place.Of(r.Location);
            rows.Add(r.Kind switch
            {
                CallGraphRecordKind.Unit => new GraphRow(r.Kind, Text(r.MainFile), "", "", false, false, location, r.Line),
                CallGraphRecordKind.Function => new GraphRow(r.Kind, Text(r.Name), Text(r.Symbol), "", r.IsLocalOrWeak, r.IsDefined, location, r.Line),
                CallGraphRecordKind.Alias => new GraphRow(r.Kind, Text(r.Name), Text(r.Symbol), Text(r.Target), r.IsLocalOrWeak, r.IsDefined, location, r.Line),
                _ => new GraphRow(r.Kind, "", Text(r.Caller), Text(r.Callee), r.IsIndirect, false, location, r.Line),
            });
        }

        return rows;
    }

    public static List<GraphRow> Graph(string text)
    {
        var diagnostics = new DiagnosticBag();
        var rows = Graph(Bytes(text), diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return rows;
    }

    /// <summary>Reads a text of which some records can be read but are told as damaged.</summary>
    public static List<GraphRow> DoubtfulGraph(string text, params int[] lines)
    {
        var diagnostics = new DiagnosticBag();
        var rows = Graph(Bytes(text), diagnostics);
        Assert.That(diagnostics.Select(d => (d.Code, d.Line)), Is.EquivalentTo(lines.Select(line => ("IPA3002", line))));
        return rows;
    }

    public static List<FoldingRow> Foldings(ReadOnlySpan<byte> text, DiagnosticBag diagnostics)
    {
        var rows = new List<FoldingRow>();
        var reader = new FoldingRecordReader(text, File, diagnostics);
        while (reader.Read(out var record))
        {
            rows.Add(new FoldingRow(Text(record.Kept), Text(record.Folded), record.Kind, record.Line));
        }

        return rows;
    }

    public static List<FoldingRow> Foldings(string text)
    {
        var diagnostics = new DiagnosticBag();
        var rows = Foldings(Bytes(text), diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return rows;
    }
}
