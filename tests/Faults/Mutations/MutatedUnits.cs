using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Faults.Harness;
using IpaAnalysis.Faults.Plain;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.Faults.Mutations;

/// <summary>
/// Reads units of which one file is mutated. Each time the damage must be told, or the summary be the same, or the file be
/// of the strict grammar of <see cref="PlainCloneDump"/> and its neighbours, which the package's readers do not use.
/// </summary>
internal sealed class MutatedUnits(int seed)
{
    private const int MostFailures = 20;

    private static readonly string Dumps = Repository.Find("tests/IpaAnalysis.Tests/Fixtures/Dumps") ?? throw new InvalidOperationException("the fixtures are only in a clone of the repository");

    private readonly List<Subject> _subjects = [.. Subjects()];

    /// <summary>Tries a number of mutations, alike of dumps, call graphs and folding records.</summary>
    public MutationCounts Run(int cases)
    {
        var random = new Random(seed);
        var builder = new SummaryBuilder();
        var (told, same, wellFormed, failed) = (0, 0, 0, 0);
        var failures = new List<string>();
        var unchanged = _subjects.Select(s => Read(builder, s, s.Dump, s.Graph, s.Folding, out _)).ToArray();
        for (var i = 0; i < cases; i++)
        {
            var which = i % _subjects.Count;
            var subject = _subjects[which];
            var kind = random.Next(subject.Folding is null ? 2 : 3);
            var original = kind == 0 ? subject.Dump : kind == 1 ? subject.Graph : subject.Folding!;
            var mutant = new TextMutator(random.Next()).Mutate(original, out var what);
            var summary = Read(builder, subject, kind == 0 ? mutant : subject.Dump, kind == 1 ? mutant : subject.Graph, kind == 2 ? mutant : subject.Folding, out var isTold);
            if (isTold)
            {
                told++;
            }
            else if (summary.AsSpan().SequenceEqual(unchanged[which]))
            {
                same++;
            }
            else if (IsWellFormed(kind, Encoding.Latin1.GetString(mutant)))
            {
                wellFormed++;
            }
            else
            {
                failed++;
                if (failures.Count < MostFailures)
                {
                    failures.Add($"case {i} of seed {seed}: {what} in {subject.Name}, file {kind}: {Around(original, mutant)}");
                }
            }
        }

        return new MutationCounts(told, same, wellFormed, failures, failed);
    }

    private static bool IsWellFormed(int kind, string text) => kind switch
    {
        0 => PlainCloneDump.Read(text) is not null,
        1 => PlainCallGraph.Read(text) is not null,
        _ => PlainFoldingRecord.Read(text) is not null,
    };

    private static byte[] Read(SummaryBuilder builder, Subject subject, byte[] dump, byte[] graph, byte[]? folding, out bool isTold)
    {
        builder.Clear();
        builder.AddSymbols(subject.Elf);
        builder.AddDump(dump, "a.ipa-clones");
        builder.AddCallGraph(graph, "a.ci");
        if (folding is not null)
        {
            builder.AddFoldingRecord(folding, "a.icf");
        }

        builder.MarkClones();
        var summary = builder.Build("a.ipa-clones");
        isTold = summary.Diagnostics.Length > 0;
        var writer = new PackedWriter();
        SummaryCodec.Write(writer, summary);
        return writer.Written.ToArray();
    }

    private static IEnumerable<Subject> Subjects()
    {
        foreach (var dump in Directory.EnumerateFiles(Dumps, "*.ipa-clones", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var stem = dump[..dump.LastIndexOf(".c.", StringComparison.Ordinal)];
            if (!File.Exists(stem + ".o") || new FileInfo(dump).Length > 50_000)
            {
                continue;
            }

            var folding = Directory.EnumerateFiles(Path.GetDirectoryName(dump)!, Path.GetFileName(stem) + ".c.*.icf").SingleOrDefault();
            using var source = ByteSource.FromMemory(File.ReadAllBytes(stem + ".o"));
            yield return new Subject(
                Path.GetRelativePath(Dumps, stem),
                ElfObject.Read(source, "", [])!,
                File.ReadAllBytes(dump),
                File.ReadAllBytes(stem + ".ci"),
                folding is null ? null : File.ReadAllBytes(folding));
        }
    }

    /// <summary>What is there now where the texts begin to differ.</summary>
    private static string Around(byte[] original, byte[] mutant)
    {
        var at = original.AsSpan().CommonPrefixLength(mutant);
        var start = Math.Max(0, at - 100);
        return Encoding.Latin1.GetString(mutant.AsSpan(start..Math.Min(mutant.Length, at + 100))).Replace("\n", "<LF>", StringComparison.Ordinal).Replace('\0', '0');
    }

    private sealed record Subject(string Name, ElfObject Elf, byte[] Dump, byte[] Graph, byte[]? Folding);
}
