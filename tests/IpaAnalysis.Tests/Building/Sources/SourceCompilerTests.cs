using IpaAnalysis.Building.Sources;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Building.Sources;

[TestFixture]
internal sealed class SourceCompilerTests
{
    private const string Inlined = "static int sq(int x) { return x * x; }\nint NAME(int x) { return sq(x) + 1; }\n";

    [TestCase("gcc", "plain")]
    [TestCase("gcc-11", "plain")]
    [TestCase("s390x-linux-gnu-gcc", "plain")]
    [TestCase("gcc", "a b é ü")]
    [TestCase("gcc", "a:b#c$d%e'f\"g\\h")]
    public void Leaves_object_and_dumps_at_the_names_of_the_contract(string compiler, string directory)
    {
        using var sandbox = new Sandbox(directory);
        sandbox.Write("src/one.c", Inlined.Replace("NAME", "one", StringComparison.Ordinal) + "const char *file(void) { return __FILE__; }\n");
        sandbox.Write("two.i", Inlined.Replace("NAME", "two", StringComparison.Ordinal));
        sandbox.Write("src/é x#y$z.c", Inlined.Replace("NAME", "three", StringComparison.Ordinal));
        var result = SourceCompiler.Compile(
            sandbox.Options(Tools.Require(compiler), new("src/one.c"), new(sandbox.PathOf("two.i")), new("src/é x#y$z.c")), CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        Assert.That(result.Sources.Select(static s => s.Object), Is.EqualTo(new[] { "src/one.o", "two.o", "src/é x#y$z.o" }));
        var one = result.Sources[0];
        Assert.Multiple(() =>
        {
            Assert.That(one.ObjectPath, Is.EqualTo(sandbox.PathOf("obj/ipa/src/one.o")));
            Assert.That(File.ReadAllText(one.DumpPath!), Does.StartWith("Callgraph clone;sq;0;src/one.c;1;12;one;1;src/one.c;2;5;inlining to"));
            Assert.That(File.ReadAllText(one.CallGraphPath!), Does.StartWith("graph: { title: \"src/one.c\""));
            Assert.That(one.FoldingRecordPath, Does.Match(@"/src/one\.c\.\d\d\di\.icf$"));
            Assert.That(one.Command[0], Is.EqualTo(Tools.Find(compiler)));
            Assert.That(one.Command, Does.Contain("-fdump-ipa-clones").And.Contain("-fcallgraph-info").And.Contain("-fdump-ipa-icf-optimized"));
            Assert.That(one.Command[^1], Is.EqualTo("src/one.c"));
            Assert.That(one.WorkingDirectory, Is.EqualTo(sandbox.Root));
            Assert.That(result.Sources[1].DumpPath, Does.EndWith("two.i.000i.ipa-clones"));
            Assert.That(result.CompiledCount, Is.EqualTo(3));
            Assert.That(
                result.OutputFiles.Select(path => Path.GetRelativePath(sandbox.PathOf("obj"), path)),
                Is.EqualTo(Directory.EnumerateFiles(sandbox.PathOf("obj"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(sandbox.PathOf("obj"), path)).Order(StringComparer.Ordinal)));
            Assert.That(result.OutputFiles, Is.SupersetOf(new[] { one.ObjectPath, one.ObjectPath + ".rsp", one.ObjectPath + ".d", one.FoldingRecordPath }));
        });

        var before = sandbox.Snapshot();
        var again = SourceCompiler.Compile(
            sandbox.Options(Tools.Require(compiler), new("src/one.c"), new(sandbox.PathOf("two.i")), new("src/é x#y$z.c")), CancellationToken.None);
        Assert.That(again.Reasons, Is.Empty);
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));
        Assert.That(again.OutputFiles, Is.EqualTo(result.OutputFiles));
    }

    [Test]
    public void One_source_is_compiled_twice_to_objects_of_their_own_names()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.c", "static int f(int x) { return x * W; }\nint NAME(int x) { return f(x) + 1; }\n");
        var result = SourceCompiler.Compile(
            sandbox.Options(Tools.Require("gcc"), new("a.c", "-DW=4 -DNAME=g4"), new("a.c", "-DW=8 -DNAME=g8", "wide/a8.o")), CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        Assert.That(result.Sources.Select(static s => s.Object), Is.EqualTo(new[] { "a.o", "wide/a8.o" }));
        Assert.That(File.ReadAllText(result.Sources[1].DumpPath!), Does.Contain("g8"));
        Assert.That(result.Sources[1].DumpPath, Is.EqualTo(sandbox.PathOf("obj/ipa/wide/a8.c.000i.ipa-clones")));
    }

    [TestCase("../a.o", "IPA1005")]
    [TestCase("/tmp/a.o", "IPA1005")]
    [TestCase("d/./a.o", "IPA1005")]
    [TestCase("d//a.o", "IPA1005")]
    [TestCase("d/.o", "IPA1005")]
    [TestCase("a", "IPA1005")]
    [TestCase("a.o", "IPA1006")]
    [TestCase("a.o/b.o", "IPA1006")]
    [TestCase(null, "IPA1006")]
    public void A_name_that_no_object_of_its_own_can_have_is_told(string? name, string code)
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.c", "int f(int x) { return x; }\n");
        var result = SourceCompiler.Compile(sandbox.Options(Tools.Require("gcc"), new("a.c"), new("a.c", "-DX", name)), CancellationToken.None);
        var told = result.Diagnostics.Single();
        Assert.That(told.Descriptor.Code, Is.EqualTo(code));
        Assert.That(told.Message, Does.Contain("ObjectName"));
        Assert.That(File.Exists("/tmp/a.o.rsp"), Is.False);
    }

    [Test]
    public void Dumps_do_not_depend_on_where_the_project_lies()
    {
        var texts = new List<string>();
        foreach (var name in (string[])["here", "some/where else"])
        {
            using var sandbox = new Sandbox(name);
            sandbox.Write("lib/x.c", "#include \"x.h\"\n" + Inlined.Replace("NAME", "x", StringComparison.Ordinal) + "const char *f(void) { return __FILE__ HEADER; }\n");
            sandbox.Write("lib/x.h", "#define HEADER __FILE__\n");
            Directory.CreateDirectory(sandbox.PathOf("proj"));
            var result = SourceCompiler.Compile(
                sandbox.Options(Tools.Require("gcc"), new SourceToCompile("../lib/x.c")) with { WorkingDirectory = sandbox.PathOf("proj"), OutputDirectory = sandbox.PathOf("proj/obj") },
                CancellationToken.None);
            Assert.That(result.Sources.Single().Object, Is.EqualTo("lib/x.o"));
            texts.Add(File.ReadAllText(result.Sources[0].DumpPath!) + File.ReadAllText(result.Sources[0].CallGraphPath!)
                + Convert.ToHexString(File.ReadAllBytes(result.Sources[0].ObjectPath)));
        }

        Assert.That(texts[1], Is.EqualTo(texts[0]));
    }

    [Test]
    public void Objects_outside_the_source_root_stay_inside_the_output_directory()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("up/x.c", "int x;\n");
        Directory.CreateDirectory(sandbox.PathOf("a/b"));
        var result = SourceCompiler.Compile(
            sandbox.Options(Tools.Require("gcc"), new SourceToCompile("../../up/x.c")) with { WorkingDirectory = sandbox.PathOf("a/b"), SourceRoot = sandbox.PathOf("a/b") },
            CancellationToken.None);
        Assert.That(result.Sources.Single().Object, Is.EqualTo("__/__/up/x.o"));
        Assert.That(File.Exists(sandbox.PathOf("obj/ipa/__/__/up/x.o")), Is.True);
    }

    [Test]
    public void A_working_directory_behind_a_link_finds_its_neighbours()
    {
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(sandbox.PathOf("far/away/proj"));
        Directory.CreateDirectory(sandbox.PathOf("near"));
        Directory.CreateSymbolicLink(sandbox.PathOf("near/proj"), sandbox.PathOf("far/away/proj"));
        sandbox.Write("near/x.c", "int x;\n");
        var result = SourceCompiler.Compile(
            sandbox.Options(Tools.Require("gcc"), new SourceToCompile("../x.c")) with { WorkingDirectory = sandbox.PathOf("near/proj"), SourceRoot = sandbox.PathOf("near") },
            CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        Assert.That(result.Sources.Single().Object, Is.EqualTo("x.o"));
    }

    [Test]
    public void Sources_that_cannot_be_compiled_are_told_and_the_rest_is_compiled()
    {
        using var sandbox = new Sandbox();
        foreach (var name in (string[])["a.c", "a.i", "x.cpp", "good.c", "-o.c", "@at.c", "a.c.c"])
        {
            sandbox.Write(name, "int x;\n");
        }

        var result = sandbox.Compile("a.c", "a.i", "x.cpp", "none.c", "good.c", "./good.c", "-o.c", "@at.c", "a.c.c");
        Assert.That(sandbox.Show(result.Diagnostics), Is.EqualTo(new[]
        {
            "a.i(0,0): IPA1006: The sources 'a.c' and 'a.i' would both be compiled to 'a.o'. Rename one, or set IpaSourceRoot to a directory that holds both.",
            "x.cpp(0,0): IPA1016: 'x.cpp' does not end in .c or .i. Only C sources can be IpaSource items.",
            "none.c(0,0): IPA1003: The source 'none.c' does not exist. Correct the IpaSource item.",
            "good.c(0,0): IPA1006: The source 'good.c' is listed twice. Remove one of the IpaSource items.",
        }));
        Assert.That(result.Sources.Select(static s => s.Object), Is.EqualTo(new[] { "a.o", "good.o", "-o.o", "@at.o", "a.c.o" }));
        Assert.That(result.Sources[4].DumpPath, Does.EndWith("/a.c.c.000i.ipa-clones"));
    }

    [TestCase("-E")]
    [TestCase("-S")]
    [TestCase("-O2 -fsyntax-only")]
    [TestCase("-M")]
    [TestCase("-MMD")]
    [TestCase("-MF x")]
    [TestCase("-ofoo")]
    [TestCase("-o foo")]
    [TestCase("-x c++")]
    [TestCase("other.c")]
    [TestCase("-")]
    [TestCase("@file")]
    [TestCase("-Wp,-DX,-MD,foo")]
    [TestCase("-Xpreprocessor -MD")]
    [TestCase("-fdump-ipa-clones=/dev/null")]
    [TestCase("-dumpbase x")]
    [TestCase("-###")]
    [TestCase("-fdiagnostics-format=json")]
    [TestCase("-O2 -include")]
    [TestCase("--help")]
    [TestCase("-save-temps=obj")]
    public void Flags_that_change_what_is_made_are_refused(string flags)
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.c", "int x;\n");
        var options = sandbox.Options(Tools.Require("gcc"), new SourceToCompile("a.c"));
        var common = SourceCompiler.Compile(options with { CommonFlags = flags }, CancellationToken.None);
        var own = SourceCompiler.Compile(options with { Sources = [new("a.c", flags)] }, CancellationToken.None);
        Assert.That(common.Diagnostics.Single().Descriptor, Is.EqualTo(DiagnosticCatalog.FlagNotAllowed));
        Assert.That(common.CompiledCount + own.CompiledCount, Is.Zero);
        Assert.That(own.Diagnostics.Single().File, Is.EqualTo(sandbox.PathOf("a.c")));
        Assert.That(Directory.Exists(sandbox.PathOf("obj")), Is.False);
    }

    [Test]
    public void Harmless_flags_work_and_the_sources_own_come_after_the_common_ones()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("inc dir/h.h", "#define H 1\n");
        sandbox.Write("a.c", "#include <h.h>\nint x[X == 2 && H ? 1 : -1]; const char *s = S;\n");
        var result = SourceCompiler.Compile(
            sandbox.Options(Tools.Require("gcc"), new SourceToCompile("a.c", "-DX=2 '-DS=\"a b\"' -c -I 'inc dir' -Xassembler --noexecstack -g -gsplit-dwarf -ftest-coverage -fstack-usage -fdump-tree-optimized -fdiagnostics-color=always"))
                with
            { CommonFlags = "-DX=1 -UX -c" },
            CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        var made = Directory.EnumerateFiles(sandbox.PathOf("obj/ipa")).Order(StringComparer.Ordinal);
        Assert.That(result.OutputFiles, Is.EqualTo(made), "every file that other flags make is known");
    }

    [Test]
    public void Messages_come_in_the_order_of_the_sources_whatever_the_number_of_jobs()
    {
        using var sandbox = new Sandbox();
        var names = Enumerable.Range(0, 24).Select(static i => $"s{i}.c").ToArray();
        foreach (var (name, index) in names.Select(static (name, index) => (name, index)))
        {
            sandbox.Write(name, string.Concat(Enumerable.Repeat("#include <stdio.h>\n", index % 3)) + $"int f{index}(void) {{ int u{index}; return {(index == 7 ? "q" : "0")}; }}\n");
        }

        var options = sandbox.Options(Tools.Require("gcc"), [.. names.Select(static n => new SourceToCompile(n))]);
        var results = new[] { 1, 8 }.Select(jobs => SourceCompiler.Compile(options with { Jobs = jobs, OutputDirectory = sandbox.PathOf($"obj{jobs}") }, CancellationToken.None)).ToArray();
        Assert.That(sandbox.Show(results[0].Diagnostics), Is.EqualTo(sandbox.Show(results[1].Diagnostics)));
        Assert.That(results[0].Diagnostics.Where(static d => d.Code == "IPA2002" && d.Message.StartsWith("unused", StringComparison.Ordinal)).Select(static d => Path.GetFileName(d.File)), Is.EqualTo(names));
        Assert.That(results[1].Reasons, Is.EqualTo(results[0].Reasons));
        Assert.That(results[0].Sources, Has.Count.EqualTo(23));
    }

    [Test]
    public void A_compiler_that_fails_or_does_nothing_is_told()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.c", "int x;\n");
        const string Answers = "case $1 in --version) echo 'gcc (GCC) 12.2.0'; echo 'Free Software Foundation'; exit;; -dumpfullversion) echo 12.2.0; exit;; -dumpmachine) echo m; exit;; esac\n";
        sandbox.Script("silent", Answers + "exit 3\n");
        sandbox.Script("killed", Answers + "kill -9 $$\n");
        sandbox.Script("idle", Answers + $"echo 'out of luck in {sandbox.Root}/a.c' >&2; exit 0\n");
        var messages = new[] { "./silent", "./killed", "./idle", "./missing" }
            .Select(compiler => SourceCompiler.Compile(sandbox.Options(compiler, new SourceToCompile("a.c")), CancellationToken.None).Diagnostics.Single())
            .Select(static d => $"{d.Code}: {d.Message}");
        Assert.That(messages, Is.EqualTo(new[]
        {
            "IPA2003: The compiler ended with status 3 and said nothing.",
            "IPA2003: The compiler was ended by signal 9 and said nothing.",
            "IPA2003: The compiler made no object: out of luck in a.c.",
            "IPA1010: The compiler './missing' is not installed or not in PATH. Install GCC (package 'gcc' on Debian and Fedora) or name another one in the property IpaCompiler.",
        }));
    }

    [Test]
    public void An_output_directory_that_cannot_be_written_is_told()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.c", "int x;\n");
        sandbox.Write("obj", "a file");
        var result = sandbox.Compile("a.c");
        Assert.That(result.Diagnostics.Select(static d => d.Code).Distinct(), Is.EqualTo(new[] { "IPA9002" }));
        Assert.That(result.Sources, Is.Empty);
    }
}
