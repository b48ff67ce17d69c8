using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Tests.Compilers;

/// <summary>Nothing that only the tree names is run. Each trap leaves a mark when it is, and does in a trusted tree.</summary>
[TestFixture]
internal sealed class TrustTests
{
    private Sandbox _tree = null!;
    private string _mark = null!;

    [SetUp]
    public void MakeTree()
    {
        _tree = new Sandbox("tree");
        _mark = _tree.PathOf("mark");
        var gcc = Tools.Require("gcc");
        _tree.Script("gcc", $"touch '{_mark}'\nexec {gcc} \"$@\"\n");
        _tree.Script("tools/cc1", $"touch '{_mark}'\nexec {gcc} \"$@\"\n");
        _tree.Script("wrapper", $"touch '{_mark}'\nexec \"$@\"\n");
        _tree.Write("flags", $"-O2 -wrapper {_tree.PathOf("wrapper")}");
        _tree.Write("specs", "%bogus x\n");
        _tree.Write("plugin.so", "no library");
    }

    [TearDown]
    public void RemoveTree() => _tree.Dispose();

    [TestCase("./gcc")]
    [TestCase("TREE/gcc")]
    [TestCase("../tree/gcc")]
    public void A_compiler_of_the_tree_is_run_only_when_trusted(string word)
    {
        word = word.Replace("TREE", _tree.Root, StringComparison.Ordinal);
        var problem = Asked.Ask(Asked.Record(word, "-O2", directory: _tree.Root)).Problem;
        Assert.That(problem, Does.Contain("'gcc'").Or.Contain($"'{word}'"));
        Assert.That(problem, Does.Contain("TrustCommands=\"true\"").And.Not.Contain(_tree.Root));
        Assert.That(File.Exists(_mark), Is.False);

        Assert.That(Asked.Ask(Asked.Record(word, "-O2", isTrusted: true, directory: _tree.Root)).Problem, Is.Null);
        Assert.That(File.Exists(_mark), Is.True, "the trap works");
    }

    [TestCase("-B TREE/tools/")]
    [TestCase("-BTREE/tools/")]
    [TestCase("-Btools/")]
    [TestCase("--prefix=TREE/tools/")]
    [TestCase("-wrapper TREE/wrapper")]
    [TestCase("@TREE/flags")]
    [TestCase("@flags")]
    public void An_option_that_runs_something_is_passed_on_only_when_trusted(string flags)
    {
        flags = "-O2 " + flags.Replace("TREE", _tree.Root, StringComparison.Ordinal);
        var problem = Asked.Ask(Asked.Record("gcc", flags, directory: _tree.Root)).Problem;
        Assert.That(problem, Does.Contain("TrustCommands=\"true\"").And.Not.Contain(_tree.Root));
        Assert.That(File.Exists(_mark), Is.False);

        Asked.Ask(Asked.Record("gcc", flags, isTrusted: true, directory: _tree.Root));
        Assert.That(File.Exists(_mark), Is.True, "the trap works");
    }

    [TestCase("-specs=specs")]
    [TestCase("--specs=specs")]
    [TestCase("-specs specs")]
    [TestCase("-fplugin=./plugin.so")]
    [TestCase("-fplugin=plugin -iplugindir=.")]
    public void An_option_that_loads_something_is_passed_on_only_when_trusted(string flags)
    {
        var query = Asked.Record("gcc", "-O2 " + flags, directory: _tree.Root);
        Assert.That(Asked.Ask(query).Problem, Does.Contain("TrustCommands=\"true\""));
        Assert.That(Asked.Ask(Asked.Record("gcc", "-O2 " + flags, isTrusted: true, directory: _tree.Root)).Problem, Does.Contain("does not take"), "it is loaded, and is bad");
    }

    [Test]
    public void Options_of_the_object_itself_are_not_trusted()
    {
        var query = Asked.Object($"GNU C17 {Asked.Compiler("gcc").Version} -O2 -fplugin={_tree.PathOf("plugin.so")}", [], ElfMachine.X64);
        Assert.That(Asked.Ask(query).Problem, Does.Contain("-fplugin=").And.Contain("TrustCommands").And.Not.Contain(_tree.Root));
    }

    [Test]
    public void A_path_to_what_the_users_own_lookup_finds_is_that()
    {
        var gcc = Tools.Require("gcc");
        Assert.That(Asked.Ask(Asked.Record(gcc, "-O2", directory: _tree.Root)).Problem, Is.Null);
        File.CreateSymbolicLink(_tree.PathOf("tools/gcc"), gcc);
        var expander = Asked.Expander();
        Assert.That(expander.Ask(Asked.Record("tools/gcc", "-O2", directory: _tree.Root)).Problem, Is.Null);
        Assert.That(expander.Programs.Select(p => p.Path), Is.All.EqualTo(gcc), "the user's, not the tree's");
        Assert.That(expander.Ask(Asked.Record("tools/gcc", "-O2")).Problem, Does.Contain("TrustCommands"), "relative to nothing known");
    }

    [Test]
    public void The_compiler_that_the_user_names_may_be_anywhere()
    {
        var expander = Asked.Expander(compiler: _tree.PathOf("gcc"));
        Assert.That(expander.Ask(Asked.Record("./gcc", "-O2", directory: _tree.Root)).Problem, Is.Null);
        Assert.That(File.Exists(_mark), Is.True);
    }

    [Test]
    public void A_tree_cannot_have_any_program_of_the_user_run()
    {
        _tree.Script("bin/reboot", $"touch '{_mark}'\n");
        var expander = Asked.Expander($"{_tree.PathOf("bin")}:{Sandbox.Environment["PATH"]}");
        Assert.That(expander.Ask(Asked.Record("reboot", "-O2")).Problem, Is.Not.Null);
        Assert.That(expander.Ask(Asked.Record(_tree.PathOf("bin/reboot"), "-O2")).Problem, Is.Not.Null);
        Assert.That(File.Exists(_mark), Is.False);
        Assert.That(expander.Ask(Asked.Record("reboot", "-O2", isTrusted: true)).Problem, Is.Not.Null);
        Assert.That(File.Exists(_mark), Is.True, "the trap works");
    }

    [Test]
    public void Where_the_tree_is_does_not_matter_to_the_lookup()
    {
        _tree.Script("gcc-97", $"touch '{_mark}'\n");
        Assert.That(Asked.Ask(Asked.Record("gcc-97", "-O2", directory: _tree.Root)).Problem, Does.Contain("not there"));
        Assert.That(File.Exists(_mark), Is.False);
    }

    [Test]
    public void An_object_of_the_users_compiler_is_known_although_the_tree_names_another_path()
    {
        Assert.That(Asked.Ask(Asked.Record("./gcc", "-O2", directory: _tree.Root).MadeBy("gcc")).Problem, Is.Null);
        Assert.That(File.Exists(_mark), Is.False);
    }
}
