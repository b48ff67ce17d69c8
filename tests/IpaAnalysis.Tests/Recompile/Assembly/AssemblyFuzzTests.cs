using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Assembly.Reading;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Damaged assembly is read to its end without an exception.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AssemblyFuzzTests
{
    private static readonly string[] Inserts =
    [
        "", "\n", ";", "\"", "'", "/*", "*/", "#", "//", ":", "::", ".L", ".LANCHOR0", ".LANCHOR0+99999999999999999999", "\t.set .LC1,.LC1\n", "\t.set a,b\n\t.set b,a\n", "\t.text\n", "\t.popsection\n",
        "\t.previous\n", "\t.pushsection\n", "\t.section\n", "\t.type f, @function\nf:\n", "\t.size f, .-f\n", ".", "..", ".0", "g.1.2.cold", ".localalias", "=", "x=\n", "\t.align 99\n", "\t.zero 99999999999\n", "%", "@", "\\", "\0", "\xff", "#APP\n", "#NO_APP\n",
        "\t.set .LANCHOR0,. + 0\n", "\t.byte\n", "$", "\t.set\n", "\t.comm\n", "\t.string \"\\\n",
    ];

    [TestCase("gcc", "-O2")]
    [TestCase("aarch64-linux-gnu-gcc", "-O2")]
    [TestCase("s390x-linux-gnu-gcc", "-O2")]
    [TestCase("powerpc64le-linux-gnu-gcc", "-O2")]
    public void Mutations(string compiler, string flags)
    {
        var random = new Random(3);
        var machine = AssemblyTexts.MachineOf(compiler);
        var text = AssemblyTexts.Compile(compiler, flags, GeneratedProgram.Of(20, inlineAssembly: true));
        var whole = AssemblyReader.Read(text, machine);
        for (var round = 0; round < 400; round++)
        {
            var unit = AssemblyReader.Read(Damage(text, random), machine);
            var comparison = AssemblyComparer.Compare(whole, unit);

            Assert.That(unit.NotUnderstood, Has.Length.LessThanOrEqualTo(20));
            Assert.That(comparison.Compared.Length + comparison.BaselineOnly.Length, Is.EqualTo(AssemblyComparer.Compare(whole, whole).Compared.Length));
        }
    }

    [Test]
    public void Every_truncation_leaves_what_is_before_it()
    {
        var text = AssemblyTexts.Compile("gcc", "-O2", GeneratedProgram.Of(6, inlineAssembly: true));
        var whole = AssemblyReader.Read(text, ElfMachine.X64);
        for (var length = 0; length <= text.Length; length++)
        {
            var unit = AssemblyReader.Read(text.AsMemory(0, length), ElfMachine.X64);
            Assert.That(unit.Functions.Select(f => f.Symbol), Is.EqualTo(whole.Functions.Take(unit.Functions.Length).Select(f => f.Symbol)));
        }
    }

    // Each of these is quadratic or worse for a reader that is careless.
    [TestCase("\t.set .LC{0},.LC{1}\n\tmovl .LC{0}, %eax\n")]
    [TestCase("\t.pushsection a{0}\n\tnop\n")]
    [TestCase("/*\n")]
    [TestCase("\t.type f, @function\nf:\n\tleaq .LC0(%rip), %rax\n\t.size f, .-f\n.LC0:\n\t.quad f{0}\n")]
    [TestCase("\t.type g.{0}, @function\ng.{0}:\n\tjmp .L{0}\n\t.size g.{0}, .-g.{0}\n\t.set a{0},a{1}\n")]
    [TestCase("\"\n")]
    [TestCase("a.0.1.2.3.4.5.6.7.8.9.")]
    public void Many_of_a_kind(string piece)
    {
        var text = new StringBuilder("\t.type start, @function\nstart:\n");
        for (var i = 0; i < 40000; i++)
        {
            text.AppendFormat(null, CompositeFormat.Parse(piece), i, i + 1);
        }

        var unit = AssemblyTexts.Read(text.ToString());
        var comparison = AssemblyComparer.Compare(unit, unit);

        Assert.That(comparison.Differences, Is.Empty);
        Assert.That(comparison.Compared, Is.Not.Empty);
    }

    private static byte[] Damage(byte[] text, Random random)
    {
        var start = random.Next(text.Length);
        var length = random.Next(5) == 0 ? text.Length - start : random.Next(Math.Min(200, text.Length - start));
        var insert = random.Next(4) == 0
            ? text.AsSpan(random.Next(text.Length / 2), random.Next(300)).ToArray()
            : Encoding.Latin1.GetBytes(Inserts[random.Next(Inserts.Length)]);
        return [.. text[..start], .. insert, .. text[(start + length)..]];
    }
}
