using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Summaries.Store;

/// <summary>The binary form of <see cref="UnitFacts"/>, and of what a whole summary says in the same words.</summary>
internal static class FactsCodec
{
    /// <summary>Each field has at least one byte.</summary>
    private const int DiagnosticFields = 6;

    [Flags]
    private enum Presence : byte
    {
        None = 0,
        Dump = 1,
        FoldingRecord = 2,
        CallGraph = 4,
        SymbolTable = 8,
    }

    public static void Write(PackedWriter writer, UnitFacts facts)
    {
        writer.WriteUnsigned((uint)facts.Functions);
        writer.WriteUnsigned((uint)facts.CloneEdges);
        writer.WriteUnsigned((uint)facts.CallEdges);
        writer.WriteUnsigned(facts.CloneKinds);
        writer.WriteUnsigned((uint)facts.Foldings);
        WriteOrigin(writer, new Origin(
            facts.Compilers,
            facts.Producer,
            facts.Machine,
            facts.HasDump,
            facts.HasFoldingRecord,
            facts.HasCallGraph,
            facts.HasSymbolTable));
        WriteDiagnostics(writer, facts.Diagnostics);
    }

    public static UnitFacts Read(ref PackedReader reader)
    {
        var (functions, clones, calls, kinds, foldings) = (
            reader.ReadNumber(),
            reader.ReadNumber(),
            reader.ReadNumber(),
            (uint)reader.ReadUnsigned(),
            reader.ReadNumber());
        var origin = ReadOrigin(ref reader);
        return new UnitFacts
        {
            Functions = functions,
            CloneEdges = clones,
            CallEdges = calls,
            CloneKinds = kinds,
            Foldings = foldings,
            Compilers = origin.Compilers,
            Producer = origin.Producer,
            Machine = origin.Machine,
            HasDump = origin.HasDump,
            HasFoldingRecord = origin.HasFoldingRecord,
            HasCallGraph = origin.HasCallGraph,
            HasSymbolTable = origin.HasSymbolTable,
            Diagnostics = ReadDiagnostics(ref reader),
        };
    }

    public static void WriteOrigin(PackedWriter writer, Origin origin)
    {
        writer.WriteUnsigned((ulong)origin.Compilers.Length);
        foreach (var compiler in origin.Compilers)
        {
            writer.WriteText(compiler);
        }

        writer.WriteText(origin.Producer);
        writer.WriteUnsigned((ulong)origin.Machine);
        var presence = (origin.HasDump ? Presence.Dump : 0)
            | (origin.HasFoldingRecord ? Presence.FoldingRecord : 0)
            | (origin.HasCallGraph ? Presence.CallGraph : 0)
            | (origin.HasSymbolTable ? Presence.SymbolTable : 0);
        writer.WriteUnsigned((byte)presence);
    }

    public static Origin ReadOrigin(ref PackedReader reader)
    {
        var compilers = reader.ReadCount() is > 0 and var count ? new string[count] : [];
        foreach (ref var compiler in compilers.AsSpan())
        {
            compiler = string.Intern(reader.ReadText() ?? "");
        }

        var producer = reader.ReadText();
        var machine = (ElfMachine)reader.ReadNumber(ushort.MaxValue + 1);
        var presence = (Presence)reader.ReadByte((byte)(Presence.Dump | Presence.FoldingRecord | Presence.CallGraph | Presence.SymbolTable));
        return new Origin(
            compilers,
            producer,
            machine,
            (presence & Presence.Dump) != 0,
            (presence & Presence.FoldingRecord) != 0,
            (presence & Presence.CallGraph) != 0,
            (presence & Presence.SymbolTable) != 0);
    }

    public static void WriteDiagnostics(PackedWriter writer, Diagnostic[] diagnostics)
    {
        writer.WriteUnsigned((ulong)diagnostics.Length);
        foreach (var diagnostic in diagnostics)
        {
            writer.WriteText(diagnostic.Code);
            writer.WriteUnsigned((byte)diagnostic.Severity);
            writer.WriteText(diagnostic.Message);
            writer.WriteText(diagnostic.File);
            writer.WriteUnsigned((uint)diagnostic.Line);
            writer.WriteUnsigned((uint)diagnostic.Column);
        }
    }

    public static Diagnostic[] ReadDiagnostics(ref PackedReader reader)
    {
        var diagnostics = reader.ReadCount(DiagnosticFields) is > 0 and var count ? new Diagnostic[count] : [];
        foreach (ref var diagnostic in diagnostics.AsSpan())
        {
            var descriptor = StateCodec.DescriptorOf(reader.ReadText() ?? "");
            var severity = (DiagnosticSeverity)reader.ReadByte((byte)DiagnosticSeverity.Error);
            diagnostic = new Diagnostic(
                descriptor, reader.ReadText() ?? "", reader.ReadText(), reader.ReadNumber(), reader.ReadNumber())
            {
                Severity = severity,
            };
        }

        return diagnostics;
    }

    /// <summary>Where a unit's functions come from: what made the object, and which of its files were read.</summary>
    internal readonly record struct Origin(
        string[] Compilers,
        string? Producer,
        ElfMachine Machine,
        bool HasDump,
        bool HasFoldingRecord,
        bool HasCallGraph,
        bool HasSymbolTable);
}
