using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Producers;

namespace IpaAnalysis.Tests.Dumps.Elf;

internal sealed class GnuTripletsTests
{
    [TestCase("x86_64-linux-gnu", ElfMachine.X64, true)]
    [TestCase("x86_64-linux-gnu", ElfMachine.I386, true)]
    [TestCase("x86_64-redhat-linux", ElfMachine.X64, true)]
    [TestCase("x86_64-pc-linux-gnu", ElfMachine.X64, true)]
    [TestCase("i686-linux-gnu", ElfMachine.I386, true)]
    [TestCase("i586-suse-linux", ElfMachine.X64, true)]
    [TestCase("x86_64-w64-mingw32", ElfMachine.X64, false)]
    [TestCase("x86_64-apple-darwin21", ElfMachine.X64, false)]
    [TestCase("x86_64-linux-gnu", ElfMachine.AArch64, false)]
    [TestCase("aarch64-linux-gnu", ElfMachine.AArch64, true)]
    [TestCase("aarch64_be-none-elf", ElfMachine.AArch64, true)]
    [TestCase("aarch64-linux-gnu", ElfMachine.Arm, false)]
    [TestCase("arm-linux-gnueabihf", ElfMachine.Arm, true)]
    [TestCase("armv7hl-redhat-linux-gnueabi", ElfMachine.Arm, true)]
    [TestCase("arm64-linux-gnu", ElfMachine.Arm, false)]
    [TestCase("s390x-linux-gnu", ElfMachine.S390, true)]
    [TestCase("powerpc64le-linux-gnu", ElfMachine.PowerPC64, true)]
    [TestCase("ppc64le-redhat-linux", ElfMachine.PowerPC64, true)]
    [TestCase("powerpc-linux-gnu", ElfMachine.PowerPC64, true)]
    [TestCase("riscv64-linux-gnu", ElfMachine.RiscV, true)]
    [TestCase("mips64el-linux-gnuabi64", ElfMachine.Mips, true)]
    [TestCase("loongarch64-linux-gnu", ElfMachine.LoongArch, true)]
    [TestCase("x86_64-linux-gnu", ElfMachine.None, false)]
    [TestCase("ia64-linux-gnu", ElfMachine.I386, false)]
    [TestCase("x86_64", ElfMachine.X64, false)]
    [TestCase("", ElfMachine.X64, false)]
    public void A_target_makes_objects_of_its_family(string target, ElfMachine machine, bool can) =>
        Assert.That(GnuTriplets.CanMake(target, machine), Is.EqualTo(can));

    [Test]
    public void Every_compiler_listed_for_a_processor_can_make_its_objects()
    {
        foreach (var machine in Enum.GetValues<ElfMachine>())
        {
            foreach (var width in Enum.GetValues<ElfClass>())
            {
                foreach (var isBigEndian in (bool[])[false, true])
                {
                    var triplets = GnuTriplets.Of(machine, width, isBigEndian);
                    Assert.That(triplets, machine == ElfMachine.None ? Is.Empty : Is.Not.Empty);
                    Assert.That(triplets, Is.Unique);
                    Assert.That(triplets, Has.All.Matches<string?>(t => GnuTriplets.CanMake(t!, machine)), $"{machine} {width}");
                }
            }
        }
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("gcc -m32")]
    [TestCase("s390x-linux-gnu-gcc")]
    [TestCase("aarch64-linux-gnu-gcc")]
    public void An_object_leads_to_the_compiler_that_made_it(string compiler)
    {
        using var lab = new ObjectLab();
        var elf = ObjectLab.Read(lab.Compile(compiler, "int f(void) { return 1; }"));
        var target = lab.Run(compiler.Split(' ')[0], "-dumpmachine").Trim();
        Assert.That(GnuTriplets.Of(elf.Machine, elf.Class, elf.IsBigEndian), Does.Contain(target));
        Assert.That(GnuTriplets.CanMake(target, elf.Machine), Is.True);
    }
}
