using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Processors, classes and byte orders for which no compiler is at hand.</summary>
internal sealed class SyntheticElfTests
{
    private static readonly (ElfMachine Machine, ElfClass Width, bool IsBigEndian)[] Forms =
        [.. from width in new[] { ElfClass.Elf32, ElfClass.Elf64 } from big in new[] { false, true } select ((ElfMachine)9999, width, big)];

    [TestCaseSource(nameof(Forms))]
    public void Each_class_and_byte_order_is_read((ElfMachine Machine, ElfClass Width, bool IsBigEndian) form)
    {
        var file = new SyntheticElf(form.Machine, form.Width, form.IsBigEndian);
        file.Section(".comment", 0, Encoding.ASCII.GetBytes("\0GCC: one\0GCC: two\0GCC: one\0"));
        var text = file.Section(".text", SyntheticElf.Code, new byte[32]);
        file.Symbol("file.c", 4, 0xfff1, 0);
        file.Symbol("first", SyntheticElf.Function, text, 4, 12);
        file.Symbol("data", 1, text, 4, 12);
        file.Symbol("undefined", SyntheticElf.Function, 0, 0);
        file.Symbol("absolute", SyntheticElf.Function, 0xfff1, 0x1234);
        var elf = Read(file.Build());
        Assert.Multiple(() =>
        {
            Assert.That((elf.Machine, elf.Class, elf.IsBigEndian), Is.EqualTo(form));
            Assert.That(elf.Compilers, Is.EqualTo(new[] { "GCC: one", "GCC: two" }));
            Assert.That(Encoding.ASCII.GetString(elf.SourceFileName), Is.EqualTo("file.c"));
            Assert.That(elf.Functions.ToArray().Select((f, i) => (ObjectLab.NameOf(elf, i), f.Section, f.Value, f.Size)), Is.EqualTo(new[]
            {
                ("first", text, 4UL, 12UL),
                ("absolute", ElfFunction.NoSection, 0x1234UL, 4UL),
            }));
        });
    }

    [TestCaseSource(nameof(Forms))]
    public void An_unknown_processor_is_known_to_take_an_address_in_data_only((ElfMachine Machine, ElfClass Width, bool IsBigEndian) form)
    {
        foreach (var hasAddend in new[] { true, false })
        {
            var file = new SyntheticElf(form.Machine, form.Width, form.IsBigEndian);
            var text = file.Section(".text", SyntheticElf.Code, new byte[32]);
            var word = file.U32(8);
            var data = file.Section(".data", SyntheticElf.Alloc, form is { Width: ElfClass.Elf64, IsBigEndian: true } ? [0, 0, 0, 0, .. word] : [.. word, 0, 0, 0, 0]);
            var section = file.Symbol("", SyntheticElf.SectionSymbol, text, 0);
            file.Symbol("called", SyntheticElf.Function, text, 0);
            file.Symbol("stored", SyntheticElf.Function, text, 8);
            file.Relocations(text, hasAddend, (4, section, 7, 0));
            file.Relocations(data, hasAddend, (0, section, 7, 8));
            Assert.That(Uses(file), Is.EqualTo(new[] { AddressUse.Unknown, AddressUse.Taken }));
        }
    }

    [Test]
    public void The_Thumb_bit_is_no_part_of_an_address()
    {
        var file = new SyntheticElf(ElfMachine.Arm, ElfClass.Elf32, false);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        var data = file.Section(".data", SyntheticElf.Alloc, new byte[4]);
        var stored = file.Symbol("stored", SyntheticElf.Function, text, 9);
        file.Symbol("alias", SyntheticElf.Function, text, 9);
        var called = file.Symbol("called", SyntheticElf.Function, text, 17);
        var moved = file.Symbol("moved", SyntheticElf.Function, text, 32);
        file.Relocations(text, false, (0, called, 10, 0), (4, called, 30, 0), (20, moved, 43, 0), (24, moved, 44, 0), (28, called, 28, 0));
        file.Relocations(data, false, (0, stored, 2, 0));
        Assert.That(Read(file.Build()).Functions.ToArray().Select(static f => f.Value), Is.EqualTo(new[] { 8UL, 8UL, 16UL, 32UL }));
        Assert.That(Uses(file), Is.EqualTo(new[] { AddressUse.Taken, AddressUse.Taken, AddressUse.NotTaken, AddressUse.Taken }));
    }

    [TestCase("__ksymtab_gpl", AddressUse.NotTaken)]
    [TestCase(".export_symbol", AddressUse.NotTaken)]
    [TestCase(".init.data", AddressUse.Taken)]
    public void A_list_of_exports_is_no_use_of_a_function(string section, AddressUse use)
    {
        var file = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, false);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        var list = file.Section(section, SyntheticElf.Alloc, new byte[16]);
        var exported = file.Symbol("exported", SyntheticElf.Function, text, 16);
        file.Relocations(list, true, (8, exported, 1, 0));
        Assert.That(Uses(file), Is.EqualTo(new[] { use }));
    }

    [Test]
    public void Function_descriptors_tell_functions_apart_and_are_no_use_of_them()
    {
        var file = new SyntheticElf(ElfMachine.PowerPC64, ElfClass.Elf64, true);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        var descriptors = file.Section(".opd", SyntheticElf.Alloc, new byte[48]);
        var data = file.Section(".data", SyntheticElf.Alloc, new byte[8]);
        var section = file.Symbol("", SyntheticElf.SectionSymbol, text, 0);
        var stored = file.Symbol("stored", SyntheticElf.Function, descriptors, 0);
        file.Symbol("alias", SyntheticElf.Function, descriptors, 0);
        var called = file.Symbol("called", SyntheticElf.Function, descriptors, 24);
        file.Relocations(text, true, (4, called, 10, 0));
        file.Relocations(descriptors, true, (0, section, 38, 0), (24, section, 38, 16));
        file.Relocations(data, true, (0, stored, 38, 0));
        var functions = Read(file.Build()).Functions;
        Assert.That((functions[1].Section, functions[1].Value), Is.EqualTo((functions[0].Section, functions[0].Value)));
        Assert.That((functions[2].Section, functions[2].Value), Is.Not.EqualTo((functions[0].Section, functions[0].Value)));
        Assert.That(Uses(file), Is.EqualTo(new[] { AddressUse.Taken, AddressUse.Taken, AddressUse.NotTaken }));
    }

    // Kinds of relocations: a call, a conditional branch, the upper half of an address.
    [TestCase(ElfMachine.PowerPC64, false, 10u, 11u, 50u)]
    [TestCase(ElfMachine.PowerPC64, true, 116u, 13u, 38u)]
    [TestCase(ElfMachine.RiscV, false, 19u, 16u, 23u)]
    [TestCase(ElfMachine.RiscV, false, 18u, 45u, 26u)]
    [TestCase(ElfMachine.AArch64, true, 283u, 280u, 275u)]
    public void Branches_are_told_from_addresses(ElfMachine machine, bool isBigEndian, uint call, uint branch, uint address)
    {
        var file = new SyntheticElf(machine, ElfClass.Elf64, isBigEndian);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        var other = file.Section(".text.other", SyntheticElf.Code, new byte[64]);
        var section = file.Symbol("", SyntheticElf.SectionSymbol, text, 0);
        var called = file.Symbol("called", SyntheticElf.Function, text, 16);
        file.Symbol("computed", SyntheticElf.Function, text, 32);
        file.Relocations(other, true, (0, called, call, 0), (4, section, branch, 16), (8, section, address, 32));
        Assert.That(Uses(file), Is.EqualTo(new[] { AddressUse.NotTaken, AddressUse.Taken }));
    }

    [Test]
    public void The_lower_half_of_an_address_names_an_instruction_not_a_function()
    {
        var file = new SyntheticElf(ElfMachine.RiscV, ElfClass.Elf64, false);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        var function = file.Symbol("function", SyntheticElf.Function, text, 16);
        var elsewhere = file.Symbol("elsewhere", 0, 0, 0);
        file.Relocations(text, true, (16, elsewhere, 23, 0), (20, function, 24, 0));
        Assert.That(Uses(file), Is.EqualTo(new[] { AddressUse.NotTaken }));
    }

    // auipc a0,0 ; addi a0,a0,-16   and   pla r3,-16(pc)
    [TestCase(ElfMachine.RiscV, false, new uint[] { 0x00000517, 0xff050513 })]
    [TestCase(ElfMachine.PowerPC64, false, new uint[] { 0x0613ffff, 0x3860fff0 })]
    [TestCase(ElfMachine.PowerPC64, true, new uint[] { 0x0613ffff, 0x3860fff0 })]
    [TestCase(ElfMachine.AArch64, false, new uint[] { 0x10ffff80, 0xd503201f })]
    public void An_address_that_the_assembler_resolved_is_found(ElfMachine machine, bool isBigEndian, uint[] instructions)
    {
        var file = new SyntheticElf(machine, ElfClass.Elf64, isBigEndian);
        byte[] code = [.. new byte[32], .. file.U32(instructions[0]), .. file.U32(instructions[1])];
        var text = file.Section(".text", SyntheticElf.Code, code);
        file.Symbol("computed", SyntheticElf.Function, text, 16);
        file.Symbol("other", SyntheticElf.Function, text, 20);
        Assert.That(Uses(file), Is.EqualTo(new[] { AddressUse.Taken, AddressUse.NotTaken }));
    }

    [Test]
    public void Damaged_relocations_are_reported_and_leave_the_answer_open()
    {
        var file = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, false);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        var data = file.Section(".data", SyntheticElf.Alloc, new byte[16]);
        var stored = file.Symbol("stored", SyntheticElf.Function, text, 16);
        file.Symbol("other", SyntheticElf.Function, text, 32);
        file.Relocations(data, true, (0, 4711, 1, 0), (8, stored, 1, 0));
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(file.Build());
        var elf = ElfObject.Read(source, "x.o", diagnostics)!;
        Assert.That(diagnostics, Is.Empty);
        Assert.That(ElfAddressReferences.Find(source, elf, [0, 1], "x.o", diagnostics), Is.EqualTo(new[] { AddressUse.Taken, AddressUse.Unknown }));
        Assert.That(diagnostics.Single().Code, Is.EqualTo("IPA3003"));
    }

    [Test]
    public void A_symbol_in_a_section_that_does_not_exist_is_left_out_and_reported_once()
    {
        var file = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, false);
        var text = file.Section(".text", SyntheticElf.Code, new byte[64]);
        file.Symbol("bad", SyntheticElf.Function, 77, 0);
        file.Symbol("worse", SyntheticElf.Function, 0xffff, 0);
        file.Symbol("good", SyntheticElf.Function, text, 0);
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(file.Build());
        var elf = ElfObject.Read(source, "x.o", diagnostics)!;
        Assert.That(elf.Functions.Length, Is.EqualTo(1));
        Assert.That(ObjectLab.NameOf(elf, 0), Is.EqualTo("good"));
        Assert.That(diagnostics.Single().Message, Does.StartWith("2 of 4 symbols"));
    }

    [Test, CancelAfter(20_000)]
    public void Names_that_share_a_long_tail_cost_no_more_than_the_file()
    {
        // 40,000 symbols that start one byte apart in one endless name: 20 GB if each were measured.
        var file = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, false);
        var text = file.Section(".text", SyntheticElf.Code, new byte[4]);
        file.Symbol(new string('x', 1_000_000), SyntheticElf.Function, text, 0);
        for (var i = 0; i < 40_000; i++)
        {
            file.Symbol("", SyntheticElf.Function, text, 0);
        }

        var bytes = file.Build();
        var table = SymbolTableOffset(bytes);
        for (var i = 0; i < 40_000; i++)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(table + (24 * (i + 2))), i + 1);
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var elf = Read(bytes);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
        Assert.That(elf.Functions[^1].NameLength, Is.EqualTo(1_000_000 - 39_999));
    }

    private static int SymbolTableOffset(byte[] bytes)
    {
        var headers = (int)BitConverter.ToInt64(bytes, 40);
        for (var row = headers; ; row += 64)
        {
            if (BitConverter.ToInt32(bytes, row + 4) == 2)
            {
                return (int)BitConverter.ToInt64(bytes, row + 24);
            }
        }
    }

    private static ElfObject Read(byte[] bytes)
    {
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(bytes);
        var elf = ElfObject.Read(source, "x.o", diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return elf!;
    }

    private static AddressUse[] Uses(SyntheticElf file)
    {
        var bytes = file.Build();
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(bytes);
        var elf = ElfObject.Read(source, "x.o", diagnostics)!;
        var uses = ElfAddressReferences.Find(source, elf, [.. Enumerable.Range(0, elf.Functions.Length)], "x.o", diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return [.. uses];
    }
}
