using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf.Producers;
using IpaAnalysis.Tests.Dumps.Elf;

namespace IpaAnalysis.Tests.Compilers;

/// <summary>Objects that nothing tells about but they themselves.</summary>
[TestFixture]
internal sealed class RealObjectTests
{
    [Test]
    public void An_object_tells_enough_to_ask_its_compiler(
        [Values("gcc", "gcc -m32", "gcc-11", "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-gcc -mbig-endian", "s390x-linux-gnu-gcc", "s390x-linux-gnu-gcc -m31")] string compiler,
        [Values("-g", "-frecord-gcc-switches")] string recording)
    {
        var identity = Asked.Compiler(compiler.Split(' ')[0]);
        var options = Asked.Ask(QueryOf(compiler, recording, "-pg", "-fno-ipa-sra", "-fpatchable-function-entry=4", "-fvisibility=hidden"));
        Assert.That(options.Problem, Is.Null);
        Assert.That(options.Compiler, Is.EqualTo($"GCC {identity.Version}"));
        Assert.That(options.Deciding, Is.EqualTo("-O2 -p -fno-ipa-sra -fpatchable-function-entry=4"), "GCC records -pg as -p");
        Assert.That(options.Enabled, Contains.Item("ipa-vrp").And.No.Member("ipa-ra").And.No.Member("ipa-sra"));
        Assert.That(options.Existing.Contains("ipa-strict-aliasing"), Is.EqualTo(identity.Major >= 12));
    }

    [Test]
    public void Live_patching_and_link_time_optimisation_are_told_too()
    {
        Assert.That(Asked.Ask(QueryOf("gcc", "-g", "-flive-patching")).Enabled, Contains.Item("ipa-cp").And.No.Member("ipa-modref"));
        Assert.That(Asked.Ask(QueryOf("gcc", "-g", "-flto", "-ffat-lto-objects")).Problem, Does.Contain("-flto"));
        Assert.That(Asked.Ask(QueryOf("gcc", "-gno-record-gcc-switches")).Problem, Does.StartWith("Nothing records"));
    }

    private static OptionsQuery QueryOf(string compiler, params string[] flags)
    {
        Tools.Require(compiler.Split(' ')[0]);
        using var lab = new ObjectLab();
        var path = lab.Compile(compiler, "int f(int a) { return a + 1; }\n", flags);
        return ObjectLab.Read(path, (source, elf) =>
        {
            var producer = ElfProducerReader.Read(source, elf, path, new DiagnosticBag());
            return Asked.Object(producer is null ? null : $"{producer.Language} {producer.Version} {string.Join(' ', producer.Words)}", elf.Compilers, elf.Machine);
        });
    }
}
