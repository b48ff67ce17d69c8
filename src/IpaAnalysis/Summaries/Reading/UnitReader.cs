using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;
using IpaAnalysis.Dumps.Elf.References;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>Reads the files of one unit after the other in memory that is used again. Not safe for several threads.</summary>
internal sealed class UnitReader
{
    private readonly SummaryBuilder _builder = new();
    private readonly FileBuffer _objectBuffer = new();
    private readonly FileBuffer _textBuffer = new();

    /// <summary>Reads the files of one unit. What cannot be read is told in the summary's diagnostics.</summary>
    public ObjectSummary Read(Unit unit)
    {
        var builder = _builder;
        builder.Clear();
        using var source = unit.ObjectPath is null ? null : ByteSource.Open(unit.ObjectPath, builder.Diagnostics, _objectBuffer);
        var elf = source is null ? null : ElfObject.Read(source, unit.ObjectPath!, builder.Diagnostics);
        if (elf is not null)
        {
            builder.AddSymbols(elf);
            if (unit.Options is null && ElfProducerReader.Read(source!, elf, unit.ObjectPath!, builder.Diagnostics) is { } producer)
            {
                builder.AddProducer(producer.Text);
            }

            if (elf.IsLto && !unit.IsLto)
            {
                builder.Diagnostics.Add(DiagnosticCatalog.LtoUnit.At(
                    unit.ObjectPath,
                    0,
                    $"{unit.Object} holds link-time code: its real inlining happens at link time and is in no dump of its own. Compile it without -flto."));
            }
        }

        if (TryLoad(unit.DumpPath, builder.Diagnostics, out var dump))
        {
            builder.AddDump(dump, unit.DumpPath!);
        }

        if (TryLoad(unit.CallGraphPath, builder.Diagnostics, out var callGraph))
        {
            builder.AddCallGraph(callGraph, unit.CallGraphPath!);
        }

        if (TryLoad(unit.FoldingRecordPath, builder.Diagnostics, out var folding))
        {
            builder.AddFoldingRecord(folding, unit.FoldingRecordPath!);
        }

        builder.MarkClones();
        if (elf is not { IsLto: true })
        {
            builder.CheckOrigin(unit);
        }

        if (elf is not null && builder.HasEmittedClones())
        {
            MarkAddressesTaken(builder, source!, elf, unit.ObjectPath!);
        }

        return builder.Build(unit.DumpPath ?? unit.ObjectPath ?? unit.Object);
    }

    private static void MarkAddressesTaken(SummaryBuilder builder, ByteSource source, ElfObject elf, string file)
    {
        var clones = new List<int>();
        for (var i = 0; i < elf.Functions.Length; i++)
        {
            if (builder.IsEmittedClone(elf.NameOf(elf.Functions[i])))
            {
                clones.Add(i);
            }
        }

        var uses = ElfAddressReferences.Find(source, elf, clones.ToArray(), file, builder.Diagnostics);
        for (var i = 0; i < clones.Count; i++)
        {
            ref readonly var clone = ref elf.Functions[clones[i]];
            if (uses[i] == AddressUse.Taken)
            {
                builder.MarkAddressTaken(elf.NameOf(clone));
            }
            else if (uses[i] == AddressUse.Unknown && elf.HoldsCodeOf(clone))
            {
                builder.MarkAddressUnknown(elf.NameOf(clone));
            }
        }
    }

    private bool TryLoad(string? path, DiagnosticBag diagnostics, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (path is null)
        {
            return false;
        }

        try
        {
            text = _textBuffer.Read(path, FileRole.CompilerRecord);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(DiagnosticCatalog.FileUnreadable.At(
                path, 0, $"{Path.GetFileName(path)} cannot be read: {FileProblem.Describe(e)}. Check its permissions, or build it again."));
            return false;
        }
    }
}
