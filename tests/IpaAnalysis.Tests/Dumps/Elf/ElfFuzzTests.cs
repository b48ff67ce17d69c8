using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Damaged objects: nothing throws, hangs or allocates out of proportion.</summary>
internal sealed class ElfFuzzTests
{
    private static readonly string[] Compilers = ["gcc", "gcc -m32", "s390x-linux-gnu-gcc", "s390x-linux-gnu-gcc -m31", "aarch64-linux-gnu-gcc"];

    [TestCaseSource(nameof(Compilers)), CancelAfter(120_000)]
    public void Every_truncation_is_survived_and_said(string compiler)
    {
        var bytes = Compile(compiler);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.That(Read(bytes.AsMemory(0, length)), Is.Positive, $"{length} of {bytes.Length} bytes");
        }

        Assert.That(Read(bytes), Is.Zero);
    }

    [TestCaseSource(nameof(Compilers)), CancelAfter(120_000)]
    public void Random_damage_is_survived(string compiler)
    {
        var original = Compile(compiler);
        var random = new Random(20260);
        var said = 0;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = original.ToArray();
            for (var i = random.Next(1, 9); i > 0; i--)
            {
                bytes[Place(random, round, bytes.Length)] = (byte)random.Next(256);
            }

            said += Math.Min(1, Read(bytes));
        }

        Assert.That(said, Is.GreaterThan(500));
    }

    [Test, CancelAfter(120_000)]
    public void Words_of_extreme_value_in_the_headers_are_survived()
    {
        foreach (var compiler in Compilers)
        {
            var original = Compile(compiler);
            byte[][] extremes = [[0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0x7f, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0xff, 0xff], [1, 0, 0, 0]];
            for (var place = 4; place < original.Length - 4; place += place < 64 ? 1 : 4)
            {
                foreach (var extreme in extremes)
                {
                    var bytes = original.ToArray();
                    extreme.CopyTo(bytes, place);
                    Read(bytes);
                }
            }
        }
    }

    /// <summary>Half of the damage goes to the file's header and to its end, where the section headers are.</summary>
    private static int Place(Random random, int round, int length) => (round % 4) switch
    {
        0 => random.Next(64),
        1 => length - 1 - random.Next(Math.Min(length, 1200)),
        _ => random.Next(length),
    };

    /// <summary>Reads everything and gives the number of diagnostics; whatever was read must hold together.</summary>
    private static int Read(ReadOnlyMemory<byte> bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(bytes);
        var elf = ElfObject.Read(source, "x.o", diagnostics);
        Assert.That(elf is not null || diagnostics.Count > 0);
        if (elf is not null)
        {
            var all = new int[elf.Functions.Length];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = i;
                Assert.That(elf.NameOf(elf.Functions[i]).Length, Is.EqualTo(elf.Functions[i].NameLength));
            }

            Assert.That(elf.SourceFileName.Length, Is.Not.Negative);
            Assert.That(ElfAddressReferences.Find(source, elf, all, "x.o", diagnostics), Has.Length.EqualTo(all.Length));
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(allocated, Is.LessThan(200_000 + (40L * bytes.Length)));
        Assert.That(diagnostics, Has.All.Matches<Diagnostic>(static d => d?.Code == "IPA3003"));
        return diagnostics.Count;
    }

    private static byte[] Compile(string compiler)
    {
        using var lab = new ObjectLab();
        return File.ReadAllBytes(lab.Compile(compiler, CloneSource.CalledOnly, "-ffunction-sections"));
    }
}
