using System.Globalization;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Objects of real compilers, compared with what readelf says.</summary>
internal sealed class ElfObjectTests
{
    private static readonly string[] Compilers =
        ["gcc", "gcc-11", "gcc -m32", "s390x-linux-gnu-gcc", "s390x-linux-gnu-gcc -m31", "aarch64-linux-gnu-gcc"];

    private const string Source = CloneSource.CalledOnly + """

        long aliased(long x) { return x ^ g; }
        extern long alias(long x) __attribute__((alias("aliased")));
        __attribute__((weak)) long weak_one(long x) { return x + g; }
        static long hidden(long x) { return x; }
        long (*pointer)(long) = hidden;
        int data_object;
        """;

    [TestCaseSource(nameof(Compilers))]
    public void Functions_are_those_readelf_lists(string compiler)
    {
        using var lab = new ObjectLab();
        CompareWithReadelf(lab, lab.Compile(compiler, Source), 14);
        CompareWithReadelf(lab, lab.Compile(compiler, Source, "-ffunction-sections", "-g"), 14);
    }

    [TestCase("gcc", ElfMachine.X64, ElfClass.Elf64, false)]
    [TestCase("gcc -m32", ElfMachine.I386, ElfClass.Elf32, false)]
    [TestCase("s390x-linux-gnu-gcc", ElfMachine.S390, ElfClass.Elf64, true)]
    [TestCase("s390x-linux-gnu-gcc -m31", ElfMachine.S390, ElfClass.Elf32, true)]
    [TestCase("aarch64-linux-gnu-gcc", ElfMachine.AArch64, ElfClass.Elf64, false)]
    public void The_header_is_understood(string compiler, ElfMachine machine, ElfClass width, bool isBigEndian)
    {
        using var lab = new ObjectLab();
        var elf = ObjectLab.Read(lab.Compile(compiler, Source));
        Assert.Multiple(() =>
        {
            Assert.That(elf.Machine, Is.EqualTo(machine));
            Assert.That(elf.Class, Is.EqualTo(width));
            Assert.That(elf.IsBigEndian, Is.EqualTo(isBigEndian));
            Assert.That(elf.IsRelocatable, Is.True);
            Assert.That(elf.HasSymbolTable, Is.True);
            Assert.That(elf.IsLto, Is.False);
            Assert.That(Encoding.UTF8.GetString(elf.SourceFileName), Is.EqualTo("unit.c"));
            Assert.That(elf.Compilers, Has.Length.EqualTo(1));
            Assert.That(elf.Compilers[0], Does.StartWith("GCC: ("));
        });
    }

    [Test]
    public void Aliases_share_section_and_value_and_others_do_not()
    {
        using var lab = new ObjectLab();
        var elf = ObjectLab.Read(lab.Compile("gcc", Source, "-ffunction-sections"));
        var aliased = Find(elf, "aliased");
        var alias = Find(elf, "alias");
        var weak = Find(elf, "weak_one");
        Assert.Multiple(() =>
        {
            Assert.That((alias.Section, alias.Value, alias.Size), Is.EqualTo((aliased.Section, aliased.Value, aliased.Size)));
            Assert.That((weak.Section, weak.Value), Is.Not.EqualTo((aliased.Section, aliased.Value)));
            Assert.That(weak.Binding, Is.EqualTo(ElfBinding.Weak));
            Assert.That(aliased.Binding, Is.EqualTo(ElfBinding.Global));
            Assert.That(Find(elf, "hidden").Binding, Is.EqualTo(ElfBinding.Local));
        });
    }

    [Test]
    public void An_indirect_function_is_marked()
    {
        using var lab = new ObjectLab();
        var elf = ObjectLab.Read(lab.Compile("gcc", """
            static int one(void) { return 1; }
            static void *resolve(void) { return one; }
            int chosen(void) __attribute__((ifunc("resolve")));
            """));
        Assert.That(Find(elf, "chosen").IsIndirect, Is.True);
        Assert.That(Find(elf, "resolve").IsIndirect, Is.False);
    }

    [Test]
    public void Objects_of_two_compilers_linked_name_both_and_no_single_source()
    {
        using var lab = new ObjectLab();
        File.Move(lab.Compile("gcc", "int one(void) { return 1; }"), lab.PathOf("one.o"));
        lab.Write("two.c", "int two(void) { return 2; }");
        lab.Run("gcc-11", "-O2", "-c", lab.PathOf("two.c"), "-o", lab.PathOf("two.o"));
        lab.Run("ld", "-r", "one.o", "two.o", "-o", "both.o");
        var elf = ObjectLab.Read(lab.PathOf("both.o"));
        Assert.That(elf.Compilers, Has.Length.EqualTo(2));
        Assert.That(elf.SourceFileName.Length, Is.Zero);
        Assert.That(Names(elf), Is.EquivalentTo(new[] { "one", "two" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Link_time_optimisation_is_seen(bool isFat)
    {
        using var lab = new ObjectLab();
        var elf = ObjectLab.Read(lab.Compile("gcc", Source, "-flto", isFat ? "-ffat-lto-objects" : "-fno-fat-lto-objects"));
        Assert.That(elf.IsLto, Is.True);
        Assert.That(elf.Functions.Length, isFat ? Is.GreaterThan(10) : Is.Zero);
    }

    [Test]
    public void A_linked_program_and_a_shared_library_can_be_read()
    {
        using var lab = new ObjectLab();
        var input = lab.Write("linked.c", "int twice(int x) { return x * 2; } int main(void) { return twice(0); }");
        lab.Run("gcc", "-shared", "-fPIC", input, "-o", lab.PathOf("linked.so"));
        lab.Run("gcc", "-static-pie", "-nostdlib", "-nostartfiles", "-Wl,-e,main", input, "-o", lab.PathOf("linked"));
        foreach (var name in new[] { "linked.so", "linked" })
        {
            var elf = ObjectLab.Read(lab.PathOf(name));
            Assert.That(elf.IsRelocatable, Is.False);
            Assert.That(Names(elf), Does.Contain("twice").And.Contain("main"));
        }
    }

    [Test]
    public void A_stripped_file_has_no_symbol_table_and_no_fault()
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", Source);
        lab.Run("strip", "--strip-all", path);
        var elf = ObjectLab.Read(path);
        Assert.That(elf.HasSymbolTable, Is.False);
        Assert.That(elf.Functions.Length, Is.Zero);
    }

    [Test]
    public void Names_of_any_bytes_and_length_arrive_exactly()
    {
        using var lab = new ObjectLab();
        var longName = new string('n', 1_000_000);
        var hostile = "a;b%3B$(X)@(Y)'../\nc\u00e4";
        var path = lab.Compile("gcc", $$"""
            int one(void) { return 1; }
            int two(void) __asm__("{{longName}}");
            int two(void) { return 2; }
            """);
        lab.Run("objcopy", "--redefine-sym", "one=" + hostile, path);
        var elf = ObjectLab.Read(path);
        Assert.That(Names(elf), Is.EquivalentTo(new[] { hostile, longName }));
    }

    [Test]
    public void More_sections_than_the_header_can_count_are_read()
    {
        using var lab = new ObjectLab();
        var text = new StringBuilder();
        for (var i = 0; i < 70_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $".section .text.f{i},\"ax\",@progbits\n.type f{i},@function\nf{i}: ret\n.size f{i},1\n");
        }

        lab.Write("many.s", text.ToString());
        lab.Run("as", "many.s", "-o", "many.o");
        var elf = ObjectLab.Read(lab.PathOf("many.o"));
        Assert.That(elf.Functions.Length, Is.EqualTo(70_000));
        var sections = elf.Functions.ToArray().Select(static f => f.Section).Distinct().ToList();
        Assert.That(sections, Has.Count.EqualTo(70_000));
        Assert.That(sections.Min(), Is.Positive);
        Assert.That(sections.Max(), Is.GreaterThan(0xffff));
    }

    // Bytes, not text: the test adapter drops cases whose names hold control characters.
    [TestCase(new byte[0], "empty")]
    [TestCase(new byte[] { 0x69, 0x6e, 0x74, 0x20, 0x6d, 0x61, 0x69, 0x6e, 0x3b, 0x20, 0x2f, 0x2f, 0x20, 0x2e, 0x2e, 0x2e, 0x0a }, "not an ELF")]
    [TestCase(new byte[] { 0x7f, 0x45, 0x4c, 0x46, 2, 1, 1 }, "not an ELF")]
    [TestCase(new byte[] { 0x7f, 0x45, 0x4c, 0x46, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, "not an ELF")]
    [TestCase(new byte[] { 0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, "cut off")]
    public void What_is_no_object_is_reported(byte[] bytes, string cause)
    {
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.FromMemory(bytes);
        Assert.That(ElfObject.Read(source, "/dir/x.o", diagnostics), Is.Null);
        var diagnostic = diagnostics.Single();
        Assert.That(diagnostic.Code, Is.EqualTo("IPA3003"));
        Assert.That(diagnostic.File, Is.EqualTo("/dir/x.o"));
        Assert.That(diagnostic.Message, Does.Contain(cause).And.Not.Contain("/dir"));
    }

    private static void CompareWithReadelf(ObjectLab lab, string path, int atLeast)
    {
        var expected = new List<string>();
        foreach (var line in lab.Run("readelf", "-sW", path).Split('\n'))
        {
            var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length >= 8 && cells[3] is "FUNC" or "IFUNC" && cells[6] != "UND")
            {
                var value = ulong.Parse(cells[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                expected.Add($"{cells[7]} {value} {cells[2]} {cells[4]} {cells[6]}");
            }
        }

        var elf = ObjectLab.Read(path);
        var actual = Enumerable.Range(0, elf.Functions.Length).Select(i =>
        {
            var function = elf.Functions[i];
            return $"{ObjectLab.NameOf(elf, i)} {function.Value} {function.Size} {function.Binding.ToString().ToUpperInvariant()} {function.Section}";
        });
        Assert.That(expected, Has.Count.AtLeast(atLeast));
        Assert.That(actual, Is.EqualTo(expected));
    }

    private static IEnumerable<string> Names(ElfObject elf) => Enumerable.Range(0, elf.Functions.Length).Select(i => ObjectLab.NameOf(elf, i));

    private static ElfFunction Find(ElfObject elf, string name) => elf.Functions[Names(elf).ToList().IndexOf(name)];
}
