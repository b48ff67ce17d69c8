namespace IpaAnalysis.Tests.Recompile;

/// <summary>Whatever can change what a compiler answers makes the questions asked again, and what cannot does not.</summary>
internal sealed class AnswerKeyTests
{
    private RecompiledUnit _unit = null!;

    [SetUp]
    public void SetUp() => _unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);

    [TearDown]
    public void TearDown() => _unit.Dispose();

    [TestCase("cc1")]
    [TestCase("as")]
    public void Program_behind_the_driver_through_the_environment(string program)
    {
        MustAsk();
        Part("parts", program, "one");
        _unit.Variables["COMPILER_PATH"] = _unit.Tree["parts"];
        MustAsk();
        Part("parts", program, "another");
        MustAsk();
    }

    [TestCase("cc1")]
    [TestCase("as")]
    public void Program_behind_the_driver_through_the_command(string program)
    {
        Part("parts", program, "one");
        _unit.Add("-Bparts/");
        MustAsk();
        Part("parts", program, "another");
        MustAsk();
    }

    [Test]
    public void Program_of_a_directory_of_GCC_that_was_replaced()
    {
        var directory = Path.GetDirectoryName(Real("cc1"))!;
        Directory.CreateDirectory(_unit.Tree["copy"]);
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            File.CreateSymbolicLink(_unit.Tree[$"copy/{Path.GetFileName(file)}"], file);
        }

        _unit.Add("-Bcopy/");
        MustAsk();
        File.Delete(_unit.Tree["copy/cc1"]);
        File.Copy(Real("cc1"), _unit.Tree["copy/cc1"]);
        MustAsk();
    }

    [Test]
    public void Assembler_that_PATH_finds_first()
    {
        MustAsk();
        Part("bin", "as", "one");
        _unit.Variables["PATH"] = _unit.Tree["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");
        MustAsk();
        Part("bin", "as", "another");
        MustAsk();
    }

    [Test]
    public void Plugin()
    {
        LoadedPlugin.Make(_unit.Tree, "quiet", LoadedPlugin.Nothing);
        LoadedPlugin.Load(_unit, "quiet");
        MustAsk();
        LoadedPlugin.Make(_unit.Tree, "quiet", LoadedPlugin.Nothing + "int version = 2;\n");
        MustAsk();
    }

    [Test]
    public void Specs()
    {
        _unit.Tree.Write("own.specs", "*own:\n-DONE\n\n");
        _unit.Add("-specs=own.specs");
        MustAsk();
        _unit.Tree.Write("own.specs", "*own:\n-DANOTHER\n\n");
        MustAsk();
    }

    [Test]
    public void Wrapper_that_switches_to_another_directory_of_programs()
    {
        // The wrapper itself stays as it is.
        Script("bin/gcc", $"exec {Tools.Require("gcc")} $(cat '{_unit.Tree["chosen"]}') \"$@\"");
        _unit.Tree.Write("chosen", "");
        _unit.Variables["PATH"] = _unit.Tree["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");
        MustAsk();

        // A word with a blank would be two.
        using var parts = new TemporaryTree("ipa-parts-");
        File.WriteAllText(parts["cc1"], $"#!/bin/sh\nexec {Real("cc1")} \"$@\"\n");
        parts.Run("", "chmod", "+x", "cc1");
        _unit.Tree.Write("chosen", $"-B{parts.Path}/");
        MustAsk();
    }

    [Test]
    public void Wrapper_that_switches_to_another_version_is_not_believed()
    {
        Tools.Require("gcc-11");
        Script("bin/gcc", $"exec $(cat '{_unit.Tree["chosen"]}') \"$@\"");
        _unit.Tree.Write("chosen", Tools.Require("gcc"));
        _unit.Variables["PATH"] = _unit.Tree["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");
        MustAsk();
        _unit.Tree.Write("chosen", Tools.Require("gcc-11"));

        // What made the object is found elsewhere and asked, or nothing is promised; what the first said is not repeated for the second.
        var answer = _unit.Ask("f");
        Assert.That(answer.Causes.Length > 0 || _unit.Asked > 0, answer.Text);
    }

    [Test]
    public void Caching_wrapper_is_passed_over()
    {
        // As /usr/lib/ccache is: links to the wrapper under the compilers' names. Here it notes that it ran.
        Script("bin/ccache", $"echo run >> '{_unit.Tree["ran"]}'\nexec {Tools.Require("gcc")} \"$@\"");
        File.CreateSymbolicLink(_unit.Tree["bin/gcc"], "ccache");
        _unit.Variables["PATH"] = _unit.Tree["bin"] + ":" + Environment.GetEnvironmentVariable("PATH");
        MustAsk();
        Assert.That(File.Exists(_unit.Tree["ran"]), Is.False);
    }

    /// <summary>The answer is right and new; the same question again is not asked.</summary>
    private void MustAsk()
    {
        var answer = _unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.Not.Empty);
        Assert.That(_unit.Asked, Is.EqualTo(1));
        Assert.That(_unit.Ask("f").Text, Is.EqualTo(answer.Text));
        Assert.That(_unit.Asked, Is.Zero, "nothing changed");
    }

    private static string Real(string program)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Tools.Require("gcc"), [$"-print-prog-name={program}"]) { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var path = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return path.Contains('/', StringComparison.Ordinal) ? path : Tools.Require(path);
    }

    private void Part(string directory, string program, string comment) => Script($"{directory}/{program}", $"# {comment}\nexec {Real(program)} \"$@\"");

    private void Script(string path, string body)
    {
        _unit.Tree.Write(path, $"#!/bin/sh\n{body}\n");
        _unit.Tree.Run("", "chmod", "+x", path);
    }
}
