using System.Buffers.Binary;
using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Writes the first entry of one unit attribute by attribute.</summary>
internal sealed class SyntheticDwarf(int version, int offsetSize, bool isBigEndian)
{
    public const ulong Producer = 0x25;

    private readonly List<byte> _abbreviation = [];
    private readonly List<byte> _entry = [];

    /// <summary>The place of the next value in <c>.debug_info</c>.</summary>
    public ulong NextPlace => (ulong)(HeaderSize + 1 + _entry.Count);

    private int HeaderSize => (offsetSize == 8 ? 12 : 4) + 2 + offsetSize + (version == 5 ? 2 : 1);

    public static byte[] Leb(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    public static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    public SyntheticDwarf Attribute(ulong attribute, ulong form, params byte[] value)
    {
        _abbreviation.AddRange([.. Leb(attribute), .. Leb(form)]);
        (form == 0x21 ? _abbreviation : _entry).AddRange(value);
        return this;
    }

    public byte[] Number(ulong value, int size)
    {
        var bytes = new byte[8];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
            return bytes[(8 - size)..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes[..size];
    }

    public byte[] Offset(ulong value) => Number(value, offsetSize);

    /// <summary><c>.debug_abbrev</c>: the entry's abbreviation stands behind one of another entry.</summary>
    public byte[] Abbreviations(ulong tag = 0x11) =>
        [.. Leb(200), 0x2e, 1, .. Leb(Producer), 0x21, .. Leb(300), 0, 0, 7, .. Leb(tag), 0, .. _abbreviation, 0, 0, 0];

    /// <summary><c>.debug_info</c>.</summary>
    public byte[] Info(byte unitType = 1)
    {
        byte[] header = version == 5
            ? [.. Number(5, 2), unitType, 8, .. Offset(0)]
            : [.. Number((ulong)version, 2), .. Offset(0), 8];
        byte[] unit = [.. header, 7, .. _entry];
        return [.. offsetSize == 8 ? Number(0xffffffff, 4) : [], .. Offset((ulong)unit.Length), .. unit];
    }

    /// <summary>Reads the producer from an object with these sections.</summary>
    public RecordedProducer? Read(params (string Name, byte[] Bytes)[] more) => Read(Info(), Abbreviations(), more);

    /// <summary>Reads the producer from an object with these sections.</summary>
    public RecordedProducer? Read(byte[] info, byte[] abbreviations, params (string Name, byte[] Bytes)[] more)
    {
        var elf = Elf();
        elf.Section(".debug_info", 0, info);
        elf.Section(".debug_abbrev", 0, abbreviations);
        foreach (var (name, bytes) in more)
        {
            elf.Section(name, 0, bytes);
        }

        return ProducerOf(elf);
    }

    public SyntheticElf Elf() => new(isBigEndian ? ElfMachine.S390 : ElfMachine.X64, ElfClass.Elf64, isBigEndian);

    /// <summary>Reads the producer of an object; nothing may be said about it.</summary>
    public static RecordedProducer? ProducerOf(SyntheticElf elf)
    {
        var diagnostics = new IpaAnalysis.Diagnostics.DiagnosticBag();
        using var source = ByteSource.FromMemory(elf.Build());
        var producer = ElfProducerReader.Read(source, ElfObject.Read(source, "x.o", diagnostics)!, "x.o", diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return producer;
    }
}
