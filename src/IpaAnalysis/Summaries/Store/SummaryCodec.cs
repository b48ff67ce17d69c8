using IpaAnalysis.Dumps.Folding;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Store;

/// <summary>The binary form of a summary: equal summaries have equal bytes.</summary>
internal static class SummaryCodec
{
    // Each field has at least one byte.
    private const int FunctionFields = 8;
    private const int CloneEdgeFields = 7;
    private const int CallEdgeFields = 2;
    private const int SharedBodyFields = 3;
    private const int FoldingFields = 4;

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
        var functions = ReadFunctions(ref reader, names.Count);
        var clones = ReadCloneEdges(ref reader, functions.Length, names.Count);
        var calls = ReadCallEdges(ref reader, functions.Length);
        var shared = new SharedBody[reader.ReadCount(SharedBodyFields)];
        foreach (ref var pair in shared.AsSpan())
        {
            pair = new SharedBody(
                reader.ReadNumber(functions.Length), reader.ReadNumber(functions.Length), (SharedBodyKind)reader.ReadByte((byte)SharedBodyKind.FoldedAway));
        }

        var foldings = new Folding[reader.ReadCount(FoldingFields)];
        foreach (ref var folding in foldings.AsSpan())
        {
            folding = new Folding(
                reader.ReadNumber(functions.Length), reader.ReadNumber(functions.Length), (FoldingKind)reader.ReadByte((byte)FoldingKind.Removed), reader.ReadNumber());
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
            e = end += reader.ReadNumber();
            if (end < 0)
            {
                throw new FormatException("The names are longer than any object has them.");
            }
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

    private static FunctionEntry[] ReadFunctions(ref PackedReader reader, int names)
    {
        var functions = new FunctionEntry[reader.ReadCount(FunctionFields)];
        var previous = default(FunctionEntry);
        foreach (ref var f in functions.AsSpan())
        {
            var symbol = reader.ReadNumber(names);
            f = previous = new FunctionEntry(
                symbol,
                symbol + reader.ReadSigned(),
                previous.File + reader.ReadSigned(),
                reader.ReadNumber(),
                reader.ReadNumber(),
                reader.ReadIndex(),
                reader.ReadIndex(functions.Length),
                (FunctionTraits)reader.ReadNumber(ushort.MaxValue + 1));
            if ((uint)f.Name >= (uint)names || f.File < -1 || f.File >= names)
            {
                throw new FormatException("A function has a name that is not there.");
            }
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

    private static CloneEdge[] ReadCloneEdges(ref PackedReader reader, int functions, int names)
    {
        var edges = new CloneEdge[reader.ReadCount(CloneEdgeFields)];
        var original = 0;
        foreach (ref var e in edges.AsSpan())
        {
            e = new CloneEdge(
                original += reader.ReadNumber(functions - original),
                reader.ReadNumber(functions),
                reader.ReadNumber(names),
                reader.ReadNumber(),
                reader.ReadIndex(),
                reader.ReadIndex(),
                reader.ReadNumber());
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

    private static CallEdge[] ReadCallEdges(ref PackedReader reader, int functions)
    {
        var edges = new CallEdge[reader.ReadCount(CallEdgeFields)];
        var caller = 0;
        foreach (ref var e in edges.AsSpan())
        {
            e = new CallEdge(caller += reader.ReadNumber(functions - caller), reader.ReadNumber(functions));
        }

        return edges;
    }
}
