using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Folding;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.Summaries;

/// <summary>A summary survives its binary form.</summary>
internal sealed class SummaryCodecTests
{
    [Test]
    public void Random_objects() => PropertyCheck.Holds(300, RandomUnit.All, RandomUnit.Smaller, unit => AssertSurvives(unit.ToText().Read()));

    [Test]
    public void A_builder_that_read_other_objects_makes_the_same()
    {
        var builder = new SummaryBuilder();
        PropertyCheck.Holds(300, RandomUnit.All, RandomUnit.Smaller, unit =>
        {
            var text = unit.ToText();
            Assert.That(Encode(text.Read(builder)), Is.EqualTo(Encode(text.Read())));
        });
    }

    [Test]
    public void A_builder_grows_and_shrinks_with_its_objects()
    {
        var builder = new SummaryBuilder();
        foreach (var count in (int[])[3, 5000, 1, 700])
        {
            var text = new UnitText();
            for (var i = 0; i < count; i++)
            {
                text.Inline($"f{i * 7919 % count}", $"g{i / 3}").Inline($"f{i}", $"g{i / 3}").Call($"g{i / 3}", $"h{i}");
            }

            var summary = text.Read(builder);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(Encode(summary), Is.EqualTo(Encode(text.Read())));
                Assert.That(summary.CallEdges, Has.Length.EqualTo(count));
                Assert.That(summary.CloneEdges.Sum(e => e.Count), Is.EqualTo(2 * count));
                Assert.That(
                    Enumerable.Range(1, summary.Functions.Length - 1).All(f => summary.SymbolOf(f - 1).SequenceCompareTo(summary.SymbolOf(f)) < 0));
            }
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void A_compiled_object(string compiler)
    {
        using var units = new CompiledUnits(compiler)
            .Add("unit", "int e(int);\nstatic __attribute__((noinline)) int f(int a, int b) { return e(a) * b + e(b); }\nint g(int a) { return f(a, 7); }\n");
        AssertSurvives(SummaryReader.Read(units.Units[0]));
    }

    [Test]
    public void Diagnostics_and_extreme_numbers()
    {
        var unit = new UnitText().Inline("é;\n", "b").Static("b").Read();
        AssertSurvives(new ObjectSummary
        {
            Names = unit.Names,
            Functions = [unit.Functions[0] with { Line = int.MaxValue, Column = int.MaxValue, Order = int.MaxValue, File = -1 }, .. unit.Functions[1..]],
            CloneEdges = [new CloneEdge(0, 1, 0, int.MaxValue, -1, int.MaxValue, int.MaxValue)],
            CallEdges = [],
            SharedBodies = [new SharedBody(0, 1, SharedBodyKind.FoldedAway)],
            Foldings = [new Folding(1, 0, IpaAnalysis.Dumps.Folding.FoldingKind.Wrapper, int.MaxValue)],
            Compilers = ["GCC: (Ü) 12", ""],
            Producer = "GNU C17",
            Machine = IpaAnalysis.Dumps.Elf.ElfMachine.S390,
            HasDump = true,
            HasFoldingRecord = false,
            HasCallGraph = true,
            HasSymbolTable = false,
            Diagnostics = [IpaAnalysis.Diagnostics.DiagnosticCatalog.DumpLine.At("ü", 3, "m") with { Column = 7 }, IpaAnalysis.Diagnostics.DiagnosticCatalog.ObjectFile.At("n")],
        });
    }

    [Test]
    public void Cut_bytes_are_no_summary()
    {
        var bytes = Encode(RandomUnit.Of(1).Read());
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<FormatException>(() => SummaryCodec.Read(bytes.AsSpan(0, length)), $"the first {length} bytes");
        }
    }

    private static void AssertSurvives(ObjectSummary summary)
    {
        var bytes = Encode(summary);
        var read = SummaryCodec.Read(bytes);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Enumerable.Range(0, read.Names.Count).Select(read.Names.GetString), Is.EqualTo(Enumerable.Range(0, summary.Names.Count).Select(summary.Names.GetString)));
            Assert.That(read.Functions, Is.EqualTo(summary.Functions));
            Assert.That(read.CloneEdges, Is.EqualTo(summary.CloneEdges));
            Assert.That(read.CallEdges, Is.EqualTo(summary.CallEdges));
            Assert.That(read.SharedBodies, Is.EqualTo(summary.SharedBodies));
            Assert.That(read.Foldings, Is.EqualTo(summary.Foldings));
            Assert.That(read.Compilers, Is.EqualTo(summary.Compilers));
            Assert.That(read.Producer, Is.EqualTo(summary.Producer));
            Assert.That(read.Machine, Is.EqualTo(summary.Machine));
            Assert.That(
                (read.HasDump, read.HasFoldingRecord, read.HasCallGraph, read.HasSymbolTable),
                Is.EqualTo((summary.HasDump, summary.HasFoldingRecord, summary.HasCallGraph, summary.HasSymbolTable)));
            Assert.That(read.Diagnostics, Is.EqualTo(summary.Diagnostics));
            Assert.That(Encode(read), Is.EqualTo(bytes));
        }
    }

    private static byte[] Encode(ObjectSummary summary)
    {
        var writer = new PackedWriter();
        SummaryCodec.Write(writer, summary);
        return writer.Written.ToArray();
    }
}
