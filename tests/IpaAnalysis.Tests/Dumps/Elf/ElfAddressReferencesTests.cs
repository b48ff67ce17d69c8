using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Whether the address of compiler-made clones is taken, in objects of real compilers.</summary>
internal sealed class ElfAddressReferencesTests
{
    private static readonly string[] Compilers =
        ["gcc", "gcc-11", "gcc -m32", "s390x-linux-gnu-gcc", "s390x-linux-gnu-gcc -m31", "aarch64-linux-gnu-gcc"];

    private static readonly string[][] FlagSets =
    [
        [], ["-fno-pic", "-g"], ["-fPIC"], ["-ffunction-sections"], ["-fpatchable-function-entry=5,2"],
        ["-ffunction-sections", "-fpatchable-function-entry=2"], ["-Os"], ["-O3", "-fno-reorder-functions"],
    ];

    private static IEnumerable<TestCaseData> Calls()
    {
        foreach (var compiler in Compilers)
        {
            foreach (var flags in FlagSets)
            {
                yield return new TestCaseData(compiler, flags).SetArgDisplayNames(compiler, string.Join(' ', flags));
            }
        }

        string[][] tracing = [["-pg", "-mfentry", "-fno-pic"], ["-pg", "-mfentry", "-mrecord-mcount", "-fno-pic"], ["-pg", "-mfentry", "-mrecord-mcount", "-fno-pic", "-ffunction-sections"]];
        foreach (var flags in tracing)
        {
            yield return new TestCaseData("gcc", flags).SetArgDisplayNames("gcc", string.Join(' ', flags));
            yield return new TestCaseData("s390x-linux-gnu-gcc", flags).SetArgDisplayNames("s390x", string.Join(' ', flags));
        }

        string[] retpoline = ["-mindirect-branch=thunk-extern", "-mfunction-return=thunk-extern", "-fcf-protection=branch", "-mcmodel=kernel", "-fno-pic"];
        yield return new TestCaseData("gcc", retpoline).SetArgDisplayNames("gcc", string.Join(' ', retpoline));
    }

    [TestCaseSource(nameof(Calls))]
    public void A_clone_that_is_only_called_is_not_taken(string compiler, string[] flags)
    {
        using var lab = new ObjectLab();
        var uses = ObjectLab.Uses(lab.Compile(compiler, CloneSource.CalledOnly, flags), CloneSource.IsClone);
        Assert.That(uses, Has.Count.AtLeast(flags.Contains("-Os") ? 1 : 2));
        Assert.That(uses.Values, Has.All.EqualTo(AddressUse.NotTaken), string.Join(' ', uses));
    }

    private const string Clone = "specialised.constprop.0";
    private const string Word32 = "asm(\".data\\n.balign 8\\n.long " + Clone + "\\n.text\");";
    private const string Word64 = "asm(\".data\\n.balign 8\\n.quad " + Clone + "\\n.text\");";
    private const string Distance32 = "asm(\".section .rodata\\n.balign 8\\n.long " + Clone + " - .\\n.text\");";

    [TestCase("gcc", Word64)]
    [TestCase("gcc", Distance32)]
    [TestCase("gcc-11", Word64)]
    [TestCase("gcc -m32", Word32)]
    [TestCase("gcc -m32", Distance32)]
    [TestCase("s390x-linux-gnu-gcc", Word64)]
    [TestCase("s390x-linux-gnu-gcc", Distance32)]
    [TestCase("s390x-linux-gnu-gcc -m31", Word32)]
    [TestCase("aarch64-linux-gnu-gcc", Word64)]
    [TestCase("aarch64-linux-gnu-gcc", Distance32)]
    public void An_address_in_data_is_taken(string compiler, string statement)
    {
        foreach (var flags in new string[][] { [], ["-ffunction-sections"] })
        {
            OnlyTheOneIsTaken(compiler, statement, flags);
        }
    }

    [TestCase("gcc", "lea " + Clone + "(%rip), %rax")]
    [TestCase("gcc", "lea " + Clone + "(%rip), %r15d")]
    [TestCase("gcc", "mov $" + Clone + ", %eax")]
    [TestCase("gcc", "movq $" + Clone + ", -0x18(%rbp)")]
    [TestCase("gcc", "movabs $" + Clone + ", %rax")]
    [TestCase("gcc-11", "push $" + Clone)]
    [TestCase("gcc -m32", "mov $" + Clone + ", %eax")]
    [TestCase("gcc -m32", "movl $" + Clone + ", -0x18(%ebp)")]
    [TestCase("gcc -m32", "lea " + Clone + "@GOTOFF(%ebx), %eax")]
    [TestCase("s390x-linux-gnu-gcc", "larl %r1, " + Clone)]
    [TestCase("s390x-linux-gnu-gcc -m31", "larl %r1, " + Clone)]
    [TestCase("aarch64-linux-gnu-gcc", "adr x0, " + Clone)]
    [TestCase("aarch64-linux-gnu-gcc", "adrp x0, " + Clone + "\\n add x0, x0, :lo12:" + Clone)]
    [TestCase("aarch64-linux-gnu-gcc", "ldr x0, =" + Clone)]
    public void An_address_in_code_is_taken(string compiler, string instruction)
    {
        var function = $"void taker(void) {{ asm volatile(\"{instruction}\"); }}";
        foreach (var flags in new string[][] { [], ["-ffunction-sections"], ["-fno-pic"] })
        {
            OnlyTheOneIsTaken(compiler, function, flags);
        }
    }

    [TestCase("gcc", "call " + Clone)]
    [TestCase("gcc", "jmp " + Clone)]
    [TestCase("gcc", "jne " + Clone)]
    [TestCase("gcc -m32", "call " + Clone)]
    [TestCase("gcc -m32", "ja " + Clone)]
    [TestCase("s390x-linux-gnu-gcc", "brasl %r14, " + Clone)]
    [TestCase("s390x-linux-gnu-gcc", "bras %r14, " + Clone)]
    [TestCase("s390x-linux-gnu-gcc", "jgne " + Clone)]
    [TestCase("s390x-linux-gnu-gcc", "cgrje %r1, %r2, " + Clone)]
    [TestCase("aarch64-linux-gnu-gcc", "bl " + Clone)]
    [TestCase("aarch64-linux-gnu-gcc", "b.eq " + Clone)]
    [TestCase("aarch64-linux-gnu-gcc", "tbz x0, 3, " + Clone)]
    public void A_branch_in_code_is_not_taken(string compiler, string instruction)
    {
        using var lab = new ObjectLab();
        foreach (var flags in new string[][] { [], ["-ffunction-sections"] })
        {
            var source = $"{CloneSource.CalledOnly}\nvoid brancher(void) {{ asm volatile(\"{instruction}\"); }}";
            Assert.That(ObjectLab.Uses(lab.Compile(compiler, source, flags), CloneSource.IsClone).Values, Has.All.EqualTo(AddressUse.NotTaken));
        }
    }

    [Test]
    public void A_pointer_to_an_ordinary_function_is_taken()
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", """
            static long stored(long x) { return x; }
            static __attribute__((noinline)) long called(long x) { asm volatile(""); return x; }
            long passed(long x) { return called(x); }
            long (*pointer)(long) = stored;
            void *computed(void) { return passed; }
            """);
        Assert.That(ObjectLab.Uses(path, static _ => true), Is.EquivalentTo(new Dictionary<string, AddressUse>
        {
            ["stored"] = AddressUse.Taken,
            ["called"] = AddressUse.NotTaken,
            ["passed"] = AddressUse.Taken,
            ["computed"] = AddressUse.NotTaken,
        }));
    }

    [Test]
    public void Calls_through_a_register_count_as_taken()
    {
        using var lab = new ObjectLab();
        var uses = ObjectLab.Uses(lab.Compile("gcc", CloneSource.CalledOnly, "-mcmodel=large", "-fno-pic"), CloneSource.IsClone);
        Assert.That(uses[Clone], Is.EqualTo(AddressUse.Taken));
    }

    [TestCase("__mcount_loc")]
    [TestCase("__ex_table")]
    [TestCase(".orc_unwind_ip")]
    [TestCase("_kprobe_blacklist")]
    [TestCase(".discard.addressable")]
    [TestCase("__lwsync_fixup")]
    public void Lists_of_code_places_do_not_count(string section)
    {
        using var lab = new ObjectLab();
        var source = CloneSource.CalledOnly + $"\nasm(\".pushsection {section},\\\"aw\\\"\\n.quad {Clone}\\n.popsection\");";
        Assert.That(ObjectLab.Uses(lab.Compile("gcc", source), CloneSource.IsClone).Values, Has.All.EqualTo(AddressUse.NotTaken));
        source = source.Replace(section, section + "x", StringComparison.Ordinal).Replace(".discard", "discard", StringComparison.Ordinal).Replace(".orc_", "orc_", StringComparison.Ordinal);
        Assert.That(ObjectLab.Uses(lab.Compile("gcc", source), CloneSource.IsClone)[Clone], Is.EqualTo(AddressUse.Taken));
    }

    [Test]
    public void A_copy_without_code_does_not_know()
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", CloneSource.CalledOnly);
        lab.Run("objcopy", "--only-keep-debug", path, lab.PathOf("symbols.o"));
        var uses = ObjectLab.Uses(lab.PathOf("symbols.o"), CloneSource.IsClone);
        Assert.That(uses, Has.Count.EqualTo(3));
        Assert.That(uses.Values, Has.All.EqualTo(AddressUse.Unknown));
    }

    [Test]
    public void A_linked_image_does_not_know()
    {
        using var lab = new ObjectLab();
        var path = lab.Compile("gcc", CloneSource.CalledOnly, "-fPIC");
        lab.Run("gcc", "-shared", path, "-o", lab.PathOf("image.so"));
        Assert.That(ObjectLab.Uses(lab.PathOf("image.so"), CloneSource.IsClone).Values, Has.Count.EqualTo(2).And.All.EqualTo(AddressUse.Unknown));
    }

    [Test]
    public void The_first_instruction_that_is_to_be_relocated_does_not_lead_to_itself()
    {
        // The field of larl and adr is 0 until the link: read as it stands it is the instruction's own address.
        using var lab = new ObjectLab();
        foreach (var (assembler, instruction) in new[] { ("s390x-linux-gnu-as", "larl %r1,elsewhere"), ("aarch64-linux-gnu-as", "adr x0,elsewhere") })
        {
            lab.Write("first.s", $".text\n.type f.constprop.0,%function\nf.constprop.0: {instruction}\n");
            lab.Run(assembler, "first.s", "-o", "first.o");
            Assert.That(ObjectLab.Uses(lab.PathOf("first.o"), CloneSource.IsClone)["f.constprop.0"], Is.EqualTo(AddressUse.NotTaken), assembler);
        }
    }

    private static void OnlyTheOneIsTaken(string compiler, string statement, string[] flags)
    {
        using var lab = new ObjectLab();
        var uses = ObjectLab.Uses(lab.Compile(compiler, CloneSource.CalledOnly + "\n" + statement, flags), CloneSource.IsClone);
        Assert.That(uses, Has.Count.EqualTo(3));
        Assert.That(uses.Where(static u => u.Value == AddressUse.Taken).Select(static u => u.Key), Is.EqualTo(new[] { Clone }), string.Join(' ', flags));
        Assert.That(uses.Values.Count(static u => u == AddressUse.NotTaken), Is.EqualTo(2));
    }
}
