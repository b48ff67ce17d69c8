using System.Collections.Concurrent;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Summaries;

/// <summary>Reads the files of units into summaries.</summary>
public static class SummaryReader
{
    /// <summary>Reads units on several threads.</summary>
    /// <param name="units">The units.</param>
    /// <param name="threads">How many to read at once.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The summaries, in the order of the units.</returns>
    public static ObjectSummary[] ReadAll(IReadOnlyList<Unit> units, int threads, CancellationToken cancellation)
    {
        var summaries = new ObjectSummary[units.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };

        // Single units, not ranges: a few are a hundred times the size of the rest.
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, units.Count), EnumerablePartitionerOptions.NoBuffering),
            options,
            i => summaries[i] = Read(units[i]));
        return summaries;
    }

    /// <summary>Reads the files of one unit. What cannot be read is told in the summary's diagnostics.</summary>
    public static ObjectSummary Read(Unit unit)
    {
        var builder = new SummaryBuilder();
        using var source = unit.ObjectPath is null ? null : ByteSource.Open(unit.ObjectPath, builder.Diagnostics);
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

        if (TryLoad(unit.DumpPath, builder.Diagnostics) is { } dump)
        {
            builder.AddDump(dump, unit.DumpPath!);
        }

        if (TryLoad(unit.CallGraphPath, builder.Diagnostics) is { } callGraph)
        {
            builder.AddCallGraph(callGraph, unit.CallGraphPath!);
        }

        if (TryLoad(unit.FoldingRecordPath, builder.Diagnostics) is { } folding)
        {
            builder.AddFoldingRecord(folding, unit.FoldingRecordPath!);
        }

        builder.MarkClones();
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
            if (uses[i] == AddressUse.Taken)
            {
                builder.MarkAddressTaken(elf.NameOf(elf.Functions[clones[i]]));
            }
        }
    }

    private static byte[]? TryLoad(string? path, DiagnosticBag diagnostics)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(DiagnosticCatalog.FileUnreadable.At(
                path, 0, $"{Path.GetFileName(path)} cannot be read ({e.GetType().Name}). Check its permissions, or build it again."));
            return null;
        }
    }
}
