using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Compilers;

[TestFixture]
internal sealed class CompilerProbeTests
{
    [TestCase("gcc", "12")]
    [TestCase("gcc-11", "11")]
    [TestCase("s390x-linux-gnu-gcc", null)]
    public void Knows_a_gcc(string name, string? major)
    {
        Tools.Require(name);
        var (compiler, problem) = Probe(name, "/");
        Assert.That(problem, Is.Null);
        Assert.That(compiler!.Path, Is.EqualTo(Tools.Find(name)));
        Assert.That(compiler.Version.Split('.'), Has.Length.EqualTo(3));
        Assert.That(compiler.Banner, Does.Contain(compiler.Version));
        Assert.That(compiler.Target, Does.Contain("linux"));
        if (name != "gcc")
        {
            Assert.That(compiler.Major, Is.EqualTo(major is null ? compiler.Major : int.Parse(major, System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public void Clang_old_missing_and_foreign_compilers_are_told_apart()
    {
        using var sandbox = new Sandbox();
        sandbox.Script("clang", "echo 'Debian clang version 14.0.6'; echo 'Target: x86_64-pc-linux-gnu'\n");
        sandbox.Script("old", "case $1 in --version) echo 'gcc (GCC) 9.5.0'; echo 'Copyright (C) 2019 Free Software Foundation, Inc.';; -dumpfullversion) echo 9.5.0;; *) echo x86_64-linux-gnu;; esac\n");
        sandbox.Script("wrapper-of-clang-tools", "case $1 in --version) echo 'wrapper-of-clang-tools (GCC) 13.1.0'; echo 'Copyright (C) 2023 Free Software Foundation, Inc.';; -dumpfullversion) echo 13.1.0;; *) echo x86_64-linux-gnu;; esac\n");
        sandbox.Script("foreign", $"echo 'error: {sandbox.Root}/x is odd' >&2; exit 1\n");
        sandbox.WriteProgram("broken", "\u007fELF");
        Assert.Multiple(() =>
        {
            Assert.That(Probe("./clang", sandbox.Root).Problem?.Descriptor, Is.EqualTo(DiagnosticCatalog.ClangNotSupported));
            Assert.That(Probe("./old", sandbox.Root).Problem?.Descriptor, Is.EqualTo(DiagnosticCatalog.CompilerTooOld));
            Assert.That(Probe("./old", sandbox.Root).Problem?.Message, Does.Contain("9.5.0").And.Contain("IpaCompiler"));
            Assert.That(Probe("./wrapper-of-clang-tools", sandbox.Root).Compiler?.Major, Is.EqualTo(13));
            Assert.That(Probe("./foreign", sandbox.Root).Problem?.Descriptor, Is.EqualTo(DiagnosticCatalog.CompilerNotFound));
            Assert.That(Probe("./foreign", sandbox.Root).Problem?.Message, Does.Not.Contain(sandbox.Root));
            Assert.That(Probe("./broken", sandbox.Root).Problem?.Descriptor, Is.EqualTo(DiagnosticCatalog.CompilerNotFound));
            Assert.That(Probe("no-such-gcc", sandbox.Root).Problem?.Message, Does.Contain("no-such-gcc").And.Contain("IpaCompiler"));
            Assert.That(Probe(sandbox.PathOf("none"), sandbox.Root).Problem?.Message, Does.Not.Contain(sandbox.Root));
        });
    }

    [Test]
    public void The_answer_is_remembered_until_the_program_changes()
    {
        using var sandbox = new Sandbox();
        Script("12.1.0");
        Assert.That(Probe("./cc", sandbox.Root).Compiler?.Version, Is.EqualTo("12.1.0"));
        var runs = File.ReadAllLines(sandbox.PathOf("runs")).Length;
        Assert.That(Probe("./cc", sandbox.Root).Compiler?.Version, Is.EqualTo("12.1.0"));
        Assert.That(File.ReadAllLines(sandbox.PathOf("runs")), Has.Length.EqualTo(runs));
        Script("12.10.0");
        Assert.That(Probe("./cc", sandbox.Root).Compiler?.Version, Is.EqualTo("12.10.0"));

        void Script(string version) => sandbox.Script(
            "cc", $"echo >> runs\ncase $1 in --version) echo 'cc (GCC) {version}'; echo 'Free Software Foundation';; -dumpfullversion) echo {version};; *) echo m;; esac\n");
    }

    private static CompilerProbeResult Probe(string name, string directory) =>
        CompilerProbe.Identify(name, Sandbox.Environment, directory, CancellationToken.None);
}
