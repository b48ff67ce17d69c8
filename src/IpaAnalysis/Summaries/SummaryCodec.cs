using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Files;

namespace IpaAnalysis.Summaries;

/// <summary>The binary form of a summary: equal summaries have equal bytes.</summary>
public static class SummaryCodec
{
    /// <summary>Writes a summary.</summary>
    public static void Write(PackedWriter writer, ObjectSummary summary)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(summary);
        WriteNames(writer, summary.Names);
        WriteFunctions(writer, summary.Functions);
        WriteCloneEdges(writer, summary.CloneEdges);
        WriteCallEdges(writer, summary.CallEdges);
        writer.WriteUnsigned((ulong)summary.SharedBodies.Length);
        foreach (var (first, second, kind) in summary.SharedBodies)
        {
            writer.WriteUnsigned((uint)first);
            writer.WriteUnsigned((uint)second);
            writer.WriteUnsigned((byte)kind);
        }

        writer.WriteUnsigned((ulong)summary.Foldings.Length);
        foreach (var (kept, folded, kind, line) in summary.Foldings)
        {
            writer.WriteUnsigned((uint)kept);
            writer.WriteUnsigned((uint)folded);
            writer.WriteUnsigned((byte)kind);
            writer.WriteUnsigned((uint)line);
        }

        FactsCodec.WriteOrigin(writer, new FactsCodec.Origin(
            summary.Compilers,
            summary.Producer,
            summary.Machine,
            summary.HasDump,
            summary.HasFoldingRecord,
            summary.HasCallGraph,
            summary.HasSymbolTable));
        FactsCodec.WriteDiagnostics(writer, summary.Diagnostics);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static ObjectSummary Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var names = ReadNames(ref reader);
        var functions = ReadFunctions(ref reader);
        var clones = ReadCloneEdges(ref reader);
        var calls = ReadCallEdges(ref reader);
        var shared = new SharedBody[reader.ReadCount()];
        foreach (ref var pair in shared.AsSpan())
        {
            pair = new SharedBody((int)reader.ReadUnsigned(), (int)reader.ReadUnsigned(), (SharedBodyKind)reader.ReadUnsigned());
        }

        var foldings = new Folding[reader.ReadCount()];
        foreach (ref var folding in foldings.AsSpan())
        {
            folding = new Folding(
                (int)reader.ReadUnsigned(), (int)reader.ReadUnsigned(), (FoldingKind)reader.ReadUnsigned(), (int)reader.ReadUnsigned());
        }

        var origin = FactsCodec.ReadOrigin(ref reader);
        return new ObjectSummary
        {
            Names = names,
            Functions = functions,
            CloneEdges = clones,
            CallEdges = calls,
            SharedBodies = shared,
            Foldings = foldings,
            Compilers = origin.Compilers,
            Producer = origin.Producer,
            Machine = origin.Machine,
            HasDump = origin.HasDump,
            HasFoldingRecord = origin.HasFoldingRecord,
            HasCallGraph = origin.HasCallGraph,
            HasSymbolTable = origin.HasSymbolTable,
            Diagnostics = FactsCodec.ReadDiagnostics(ref reader),
        };
    }

    private static void WriteNames(PackedWriter writer, NamePool names)
    {
        writer.WriteUnsigned((ulong)names.Count);
        for (var i = 0; i < names.Count; i++)
        {
            writer.WriteUnsigned((ulong)names[i].Length);
        }

        writer.WriteBytes(names.Bytes);
    }

    private static NamePool ReadNames(ref PackedReader reader)
    {
        var ends = new int[reader.ReadCount()];
        var end = 0;
        foreach (ref var e in ends.AsSpan())
        {
            e = end += (int)reader.ReadUnsigned();
        }

        return new NamePool(reader.ReadBytes(end).ToArray(), ends);
    }

    private static void WriteFunctions(PackedWriter writer, FunctionEntry[] functions)
    {
        writer.WriteUnsigned((ulong)functions.Length);
        var previous = default(FunctionEntry);
        foreach (ref readonly var f in functions.AsSpan())
        {
            writer.WriteUnsigned((uint)f.Symbol);
            writer.WriteSigned(f.Name - f.Symbol);
            writer.WriteSigned(f.File - previous.File);
            writer.WriteUnsigned((uint)f.Line);
            writer.WriteUnsigned((uint)f.Column);
            writer.WriteIndex(f.Order);
            writer.WriteIndex(f.AliasOf);
            writer.WriteUnsigned((ushort)f.Traits);
            previous = f;
        }
    }

    private static FunctionEntry[] ReadFunctions(ref PackedReader reader)
    {
        var functions = new FunctionEntry[reader.ReadCount()];
        var previous = default(FunctionEntry);
        foreach (ref var f in functions.AsSpan())
        {
            var symbol = (int)reader.ReadUnsigned();
            f = previous = new FunctionEntry(
                symbol,
                symbol + reader.ReadSigned(),
                previous.File + reader.ReadSigned(),
                (int)reader.ReadUnsigned(),
                (int)reader.ReadUnsigned(),
                reader.ReadIndex(),
                reader.ReadIndex(),
                (FunctionTraits)reader.ReadUnsigned());
        }

        return functions;
    }

    private static void WriteCloneEdges(PackedWriter writer, CloneEdge[] edges)
    {
        writer.WriteUnsigned((ulong)edges.Length);
        var original = 0;
        foreach (ref readonly var e in edges.AsSpan())
        {
            writer.WriteUnsigned((uint)(e.Original - original));
            writer.WriteUnsigned((uint)e.Copy);
            writer.WriteUnsigned((uint)e.Reason);
            writer.WriteUnsigned((uint)e.Count);
            writer.WriteIndex(e.OriginalOrder);
            writer.WriteIndex(e.CopyOrder);
            writer.WriteUnsigned((uint)e.Line);
            original = e.Original;
        }
    }

    private static CloneEdge[] ReadCloneEdges(ref PackedReader reader)
    {
        var edges = new CloneEdge[reader.ReadCount()];
        var original = 0;
        foreach (ref var e in edges.AsSpan())
        {
            e = new CloneEdge(
                original += (int)reader.ReadUnsigned(),
                (int)reader.ReadUnsigned(),
                (int)reader.ReadUnsigned(),
                (int)reader.ReadUnsigned(),
                reader.ReadIndex(),
                reader.ReadIndex(),
                (int)reader.ReadUnsigned());
        }

        return edges;
    }

    private static void WriteCallEdges(PackedWriter writer, CallEdge[] edges)
    {
        writer.WriteUnsigned((ulong)edges.Length);
        var caller = 0;
        foreach (var e in edges)
        {
            writer.WriteUnsigned((uint)(e.Caller - caller));
            writer.WriteUnsigned((uint)e.Callee);
            caller = e.Caller;
        }
    }

    private static CallEdge[] ReadCallEdges(ref PackedReader reader)
    {
        var edges = new CallEdge[reader.ReadCount()];
        var caller = 0;
        foreach (ref var e in edges.AsSpan())
        {
            e = new CallEdge(caller += (int)reader.ReadUnsigned(), (int)reader.ReadUnsigned());
        }

        return edges;
    }
}
