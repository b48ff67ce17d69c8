using System.IO.Compression;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Records that the installed compilers do not write.</summary>
internal sealed class SyntheticProducerTests
{
    private const string Text = "GNU C17 12.2.0 -O2 -g";

    [Test]
    public void Every_form_before_the_producer_is_stepped_over(
        [Values(2, 3, 4, 5)] int version, [Values(4, 8)] int offsetSize, [Values] bool isBigEndian)
    {
        foreach (var inIndirection in (bool[])[false, true])
        {
            var dwarf = new SyntheticDwarf(version, offsetSize, isBigEndian);
            (ulong Form, byte[] Value)[] forms =
            [
                (0x01, new byte[8]), (0x03, [.. dwarf.Number(3, 2), 1, 1, 1]), (0x04, [.. dwarf.Number(2, 4), 1, 1]), (0x05, [1, 1]), (0x06, [1, 1, 1, 1]),
                (0x07, new byte[8]), (0x08, SyntheticDwarf.Text("name")), (0x09, [.. SyntheticDwarf.Leb(130), .. new byte[130]]), (0x0a, [2, 1, 1]), (0x0b, [1]),
                (0x0c, [1]), (0x0d, [0x80, 0x80, 0x7f]), (0x0e, dwarf.Offset(9)), (0x0f, SyntheticDwarf.Leb(70_000)), (0x10, version == 2 ? new byte[8] : dwarf.Offset(1)),
                (0x11, [1]), (0x12, [1, 1]), (0x13, [1, 1, 1, 1]), (0x14, new byte[8]), (0x15, SyntheticDwarf.Leb(ulong.MaxValue)), (0x17, dwarf.Offset(1)),
                (0x18, [2, 1, 1]), (0x19, []), (0x1a, SyntheticDwarf.Leb(200)), (0x1b, SyntheticDwarf.Leb(200)), (0x1c, [1, 1, 1, 1]), (0x1d, dwarf.Offset(1)),
                (0x1e, new byte[16]), (0x1f, dwarf.Offset(1)), (0x20, new byte[8]), (0x22, [1]), (0x23, [1]), (0x24, new byte[8]),
                (0x25, [1]), (0x26, [1, 1]), (0x27, [1, 1, 1]), (0x28, [1, 1, 1, 1]), (0x29, [1]), (0x2a, [1, 1]), (0x2b, [1, 1, 1]), (0x2c, [1, 1, 1, 1]),
                (0x1f01, SyntheticDwarf.Leb(200)), (0x1f02, SyntheticDwarf.Leb(200)), (0x1f20, dwarf.Offset(1)), (0x1f21, dwarf.Offset(1)),
            ];
            foreach (var (form, value) in forms)
            {
                dwarf.Attribute(0x2000, inIndirection ? 0x16UL : form, inIndirection ? [.. SyntheticDwarf.Leb(form), .. value] : value);
            }

            dwarf.Attribute(0x2001, 0x21, 0x80, 0x7f).Attribute(SyntheticDwarf.Producer, 0x08, SyntheticDwarf.Text(Text));
            var producer = dwarf.Read();
            Assert.That(producer?.Words, Is.EqualTo((string[])["-O2", "-g"]));
            Assert.That(producer?.Version, Is.EqualTo("12.2.0"));
        }
    }

    [TestCase(0x1aUL, 0)]
    [TestCase(0x25UL, 1)]
    [TestCase(0x26UL, 2)]
    [TestCase(0x27UL, 3)]
    [TestCase(0x28UL, 4)]
    public void A_numbered_text_is_found(ulong form, int size)
    {
        foreach (var isBigEndian in (bool[])[false, true])
        {
            foreach (var offsetSize in (int[])[4, 8])
            {
                var dwarf = new SyntheticDwarf(5, offsetSize, isBigEndian);
                byte[] strings = [.. SyntheticDwarf.Text("no"), .. SyntheticDwarf.Text(Text)];
                byte[] offsets = [.. new byte[offsetSize == 4 ? 8 : 16], .. dwarf.Offset(0), .. dwarf.Offset(3)];
                dwarf.Attribute(SyntheticDwarf.Producer, form, size == 0 ? SyntheticDwarf.Leb(1) : dwarf.Number(1, size));
                Assert.That(dwarf.Read((".debug_str", strings), (".debug_str_offsets", offsets))?.Words, Is.EqualTo((string[])["-O2", "-g"]));

                // The base may follow the producer.
                dwarf.Attribute(0x72, 0x17, dwarf.Offset(100));
                Assert.That(dwarf.Read((".debug_str", strings), (".debug_str_offsets", [.. new byte[100], .. offsets[^(2 * offsetSize)..]]))?.Words, Is.EqualTo((string[])["-O2", "-g"]));
            }
        }
    }

    [TestCase(0x0eUL, ".debug_str")]
    [TestCase(0x1fUL, ".debug_line_str")]
    public void A_relocation_leads_to_a_label_in_the_strings(ulong form, string section)
    {
        foreach (var hasAddend in (bool[])[false, true])
        {
            // As on RISC-V: a label with a value of its own instead of the section and an addend.
            var dwarf = new SyntheticDwarf(5, 4, false);
            var place = dwarf.NextPlace;
            dwarf.Attribute(SyntheticDwarf.Producer, form, dwarf.Offset(hasAddend ? 99 : 2UL));
            var elf = dwarf.Elf();
            var info = elf.Section(".debug_info", 0, dwarf.Info());
            elf.Section(".debug_abbrev", 0, dwarf.Abbreviations());
            var strings = elf.Section(section, 0, SyntheticDwarf.Text("wrong " + Text));
            var label = elf.Symbol(".LASF3", 0, strings, 4);
            elf.Relocations(info, hasAddend, (0, label, 10, 7), (place, label, 0, 7), (place, label, 10, 2));
            Assert.That(SyntheticDwarf.ProducerOf(elf)?.Language, Is.EqualTo("GNU C17"));
        }
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    [TestCase(3, false)]
    [TestCase(4, false)]
    [TestCase(6, false)]
    [TestCase(0x80, false)]
    public void Only_units_of_a_compilation_count(byte unitType, bool counts)
    {
        var dwarf = new SyntheticDwarf(5, 4, false).Attribute(SyntheticDwarf.Producer, 0x08, SyntheticDwarf.Text(Text));
        Assert.That(dwarf.Read(dwarf.Info(unitType), dwarf.Abbreviations()) is not null, Is.EqualTo(counts));

        // The next unit is looked at all the same.
        Assert.That(dwarf.Read([.. dwarf.Info(unitType), .. dwarf.Info()], dwarf.Abbreviations()), Is.Not.Null);
        Assert.That(dwarf.Read(dwarf.Info(), dwarf.Abbreviations(tag: 0x3c)), Is.Null);
    }

    [Test]
    public void Units_of_unknown_versions_and_without_content_are_passed_over()
    {
        var dwarf = new SyntheticDwarf(4, 4, false).Attribute(SyntheticDwarf.Producer, 0x08, SyntheticDwarf.Text(Text));
        Assert.That(dwarf.Read([0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, .. dwarf.Info()], dwarf.Abbreviations()), Is.Not.Null);
    }

    [Test]
    public void An_unknown_form_ends_the_search_without_an_error()
    {
        var dwarf = new SyntheticDwarf(5, 4, false).Attribute(0x2000, 0x1e00, 1).Attribute(SyntheticDwarf.Producer, 0x08, SyntheticDwarf.Text(Text));
        Assert.That(dwarf.Read(), Is.Null);
    }

    [Test]
    public void A_packing_other_than_zlib_is_no_error()
    {
        var dwarf = new SyntheticDwarf(5, 4, false).Attribute(SyntheticDwarf.Producer, 0x08, SyntheticDwarf.Text(Text));
        var elf = dwarf.Elf();
        elf.Section(".debug_info", 0x800, [2, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x28, 0xb5, 0x2f, 0xfd]);
        elf.Section(".debug_abbrev", 0, dwarf.Abbreviations());
        Assert.That(SyntheticDwarf.ProducerOf(elf), Is.Null);
        elf.Section(".GCC.command.line", 0, SyntheticDwarf.Text(Text));
        Assert.That(SyntheticDwarf.ProducerOf(elf)?.Origin, Is.EqualTo(ProducerOrigin.CommandLineSection));
    }

    [TestCase(false), CancelAfter(60_000)]
    [TestCase(true)]
    public void A_file_made_to_waste_time_is_given_up(bool isPacked)
    {
        // A million empty units, each of which is worth a look of 4 KiB.
        var units = new byte[4_000_000];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            zlib.Write(units);
        }

        var elf = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, false);
        elf.Section(".debug_info", isPacked ? 0x800u : 0, isPacked ? [1, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes((ulong)units.Length), 1, 0, 0, 0, 0, 0, 0, 0, .. packed.ToArray()] : units);
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(elf.Build());
        using var counted = new CountingByteSource(source);
        Assert.That(ElfProducerReader.Read(counted, ElfObject.Read(source, "x.o", diagnostics)!, "x.o", diagnostics), Is.Null);
        Assert.That(counted.BytesRead, Is.InRange(1024, 64 * 1024 * 1024));
    }

    [TestCase("GNU C 4.8.5 -O2", "GNU C", "4.8.5", "4.8.5", "-O2")]
    [TestCase("GNU C++17 13.1.0 -O2 -fno-rtti", "GNU C++17", "13.1.0", "13.1.0", "-O2", "-fno-rtti")]
    [TestCase("GNU C17 12.2.1 20221121 (Red Hat 12.2.1-4) -O2", "GNU C17", "12.2.1 20221121 (Red Hat 12.2.1-4)", "12.2.1", "-O2")]
    [TestCase("GNU C2X 14.0.0 --param ipa-cp-eval-threshold=3 -O2", "GNU C2X", "14.0.0", "14.0.0", "--param", "ipa-cp-eval-threshold=3", "-O2")]
    public void Other_writers_of_the_same_form_are_understood(string text, string language, string version, string release, params string[] words)
    {
        var producer = Of(text);
        Assert.Multiple(() =>
        {
            Assert.That(producer?.Language, Is.EqualTo(language));
            Assert.That(producer?.Version, Is.EqualTo(version));
            Assert.That(producer?.Release, Is.EqualTo(release));
            Assert.That(producer?.Words, Is.EqualTo(words));
        });
    }

    [TestCase("GNU AS 2.40 -x")]
    [TestCase("GNU GIMPLE 12.2.0 -O2 -flto")]
    [TestCase("GNU Fortran2008 12.2.0 -O2")]
    [TestCase("Debian clang version 14.0.6")]
    [TestCase("GNU C17 12.2.0")]
    [TestCase("GNU C")]
    [TestCase("")]
    public void Other_producers_give_nothing(string text) => Assert.That(Of(text), Is.Null);

    [Test]
    public void One_string_for_each_switch_is_read_as_GCC_10_wrote_it()
    {
        var producer = Section("-imultiarch x86_64-linux-gnu", "-D X=a b", "-I include", "unit.c", "-mtune=generic", "-auxbase-strip unit.o", "-O2", "-frandom-seed=a -O3");
        Assert.Multiple(() =>
        {
            Assert.That(producer?.Language, Is.Empty);
            Assert.That(producer?.Version, Is.Empty);
            Assert.That(producer?.Release, Is.Empty);
            Assert.That(producer?.Origin, Is.EqualTo(ProducerOrigin.CommandLineSection));
            Assert.That(producer?.Words, Does.Contain("X=a b").And.Contain("include").And.Contain("unit.c").And.Contain("-O2").And.Contain("-frandom-seed=a -O3"));
        });
    }

    [Test]
    public void Switches_of_several_units_and_of_other_compilers_give_nothing()
    {
        Assert.That(Section("one.c", "-O2", "two.c", "-O3"), Is.Null);
        Assert.That(Section("", "/usr/bin/clang-14 -O2 -c unit.c"), Is.Null);
        Assert.That(Section("GNU Fortran2008 12.2.0 -O2"), Is.Null);
        Assert.That(Section(), Is.Null);
    }

    [Test]
    public void Of_joined_sections_the_first_text_counts()
    {
        Assert.That(Section("GNU C17 12.2.0 -O2", "GNU C11 11.3.0 -O3")?.Words, Is.EqualTo((string[])["-O2"]));
    }

    private static RecordedProducer? Of(string text) =>
        new SyntheticDwarf(5, 4, false).Attribute(SyntheticDwarf.Producer, 0x08, SyntheticDwarf.Text(text)).Read();

    private static RecordedProducer? Section(params string[] texts)
    {
        var elf = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, false);
        elf.Section(".GCC.command.line", 0x30, Encoding.UTF8.GetBytes(string.Concat(texts.Select(static t => t + '\0'))));
        return SyntheticDwarf.ProducerOf(elf);
    }
}
