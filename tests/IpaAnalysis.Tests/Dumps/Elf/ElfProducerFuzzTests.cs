using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Damaged records of options: nothing throws, hangs or allocates out of proportion.</summary>
internal sealed class ElfProducerFuzzTests
{
    private static readonly string[] Kinds =
    [
        "gcc -g", "gcc -g -gdwarf64", "gcc -m32 -gdwarf-2", "gcc -g -gz=zlib", "gcc -g -gz=zlib-gnu", "gcc -m32 -g -gz=zlib", "gcc -frecord-gcc-switches",
        "s390x-linux-gnu-gcc -g", "s390x-linux-gnu-gcc -g -gz=zlib", "gcc -g -flto",
    ];

    [TestCaseSource(nameof(Kinds)), CancelAfter(120_000)]
    public void Random_damage_is_survived(string kind)
    {
        var original = Compile(kind);
        var random = new Random(20263);
        var unread = 0;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = original.ToArray();
            for (var i = random.Next(1, 9); i > 0; i--)
            {
                bytes[Place(random, round, bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            unread += Read(bytes) is null ? 1 : 0;
        }

        Assert.That(unread, Is.InRange(10, 2990));
    }

    [TestCaseSource(nameof(Kinds)), CancelAfter(120_000)]
    public void Every_truncation_behind_the_headers_is_survived(string kind)
    {
        // With the section table moved to the front, the sections are what is cut off.
        var original = WithTableInFront(Compile(kind));
        Assert.That(Read(original), Is.Not.Null);
        var (said, read) = (0, 0);
        for (var length = 0; length < original.Length; length += 3)
        {
            var diagnostics = new DiagnosticBag();
            read += Read(original.AsMemory(0, length), diagnostics) is null ? 0 : 1;
            said += diagnostics.Count > 0 ? 1 : 0;
        }

        Assert.That(said, Is.Positive);
        Assert.That(read, Is.Positive);
    }

    [TestCaseSource(nameof(Kinds)), CancelAfter(120_000)]
    public void Words_of_extreme_value_are_survived(string kind)
    {
        var original = Compile(kind);
        byte[][] extremes = [[0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0x7f, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0xff, 0xff], [1, 0, 0, 0]];
        for (var place = 4; place < original.Length - 4; place += 4)
        {
            foreach (var extreme in extremes)
            {
                var bytes = original.ToArray();
                extreme.CopyTo(bytes, place);
                Read(bytes);
            }
        }
    }

    private static int Place(Random random, int round, int length) => (round % 3) switch
    {
        0 => length - 1 - random.Next(Math.Min(length, 1600)),
        _ => random.Next(64, length),
    };

    private static RecordedProducer? Read(ReadOnlyMemory<byte> bytes) => Read(bytes, new DiagnosticBag());

    private static RecordedProducer? Read(ReadOnlyMemory<byte> bytes, DiagnosticBag diagnostics)
    {
        using var source = ByteSource.FromMemory(bytes);
        if (ElfObject.Read(source, "x.o", new DiagnosticBag()) is not { } elf)
        {
            return null;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var producer = ElfProducerReader.Read(source, elf, "x.o", diagnostics);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000 + (40L * bytes.Length)));
        Assert.That(diagnostics, Has.Count.LessThan(2).And.All.Matches<Diagnostic>(static d => d?.Code == "IPA3003"));
        Assert.That(producer is null || diagnostics.Count == 0);
        return producer;
    }

    /// <summary>Puts a copy of the section table and of the names before the sections; their offsets grow by its size.</summary>
    private static byte[] WithTableInFront(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(bytes);
        var layout = ElfObject.Read(source, "x.o", diagnostics)!.Layout;
        var encoding = layout.Encoding;
        var (header, row) = (encoding.HeaderSize, encoding.SectionHeaderSize);
        var table = (int)encoding.Word(bytes, encoding.Is64 ? 40 : 32);
        var size = row * layout.Sections.Length;
        var namesIndex = encoding.UInt16(bytes, header - 2);
        var names = layout.Sections[namesIndex];
        byte[] moved =
        [
            .. bytes[..header], .. bytes[table..(table + size)], .. bytes.AsSpan((int)names.Offset, (int)names.Size), .. bytes[header..],
        ];
        Put(moved, encoding.Is64 ? 40 : 32, (ulong)header, encoding);
        for (var i = 0; i < layout.Sections.Length; i++)
        {
            var offset = i == namesIndex ? (ulong)(header + size) : layout.Sections[i].Offset + (ulong)size + names.Size;
            Put(moved, header + (i * row) + (encoding.Is64 ? 24 : 16), offset, encoding);
        }

        return moved;
    }

    private static void Put(byte[] bytes, int place, ulong value, ElfEncoding encoding)
    {
        var size = encoding.Is64 ? 8 : 4;
        for (var i = 0; i < size; i++)
        {
            bytes[place + (encoding.IsBigEndian ? size - 1 - i : i)] = (byte)(value >> (8 * i));
        }
    }

    private static byte[] Compile(string kind)
    {
        using var lab = new ObjectLab();
        return File.ReadAllBytes(lab.Compile(kind, CloneSource.CalledOnly));
    }
}
