using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Names are data: they arrive as they are or are reported, and nothing expands or runs them.</summary>
internal sealed class HostileNameTests : PackageTest
{
    private static readonly string[] Names =
    [
        "a;b", "%3B", "%24(HOME)", "$(HOME)", "@(Compile)", "%(Identity)", "\"quoted\"", "it's", "`touch pwned`", "$(touch pwned)",
        "; touch pwned", "../../../pwned", "/pwned", "back\\slash", " blank ", "tab\there", "café", "*.c", "?", "<built-in>", "&amp;", "-o", "@pwned",
    ];

    [Test]
    public void Symbols_of_a_dump_arrive_exactly()
    {
        var project = Tree().Write("tree/a.c.000i.ipa-clones", Lines(i => $"{Names[i]};{i + 1};a.c;{i + 2};45"));
        var build = project.Build();
        // A leading `*` is GCC's mark for a name taken as it is, not part of the symbol.
        var expected = Names.Select(n => n.StartsWith('*') ? n[1..] : n).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Load(project).Patched("f").Affected.Select(a => a.Symbol), Is.EquivalentTo(expected));
            Assert.That(build.Affected.Select(i => i["Symbol"]), Is.EquivalentTo(expected));
            // A control character and separators in names that come once look like damage, and are told.
            Assert.That(build.Codes, Is.Not.Empty.And.All.EqualTo("IPA3001"));
            NothingWasWrittenElsewhere(project);
        }
    }

    [Test]
    public void A_later_target_writes_symbols_exactly()
    {
        // The lines become identities of items, in which MSBuild turns `\` round; no symbol of C holds one.
        var names = Names.Where(n => !n.Contains('\\', StringComparison.Ordinal)).ToList();
        var project = Tree().Write(
            "tree/a.c.000i.ipa-clones",
            string.Concat(names.Select((n, i) => $"Callgraph clone;f;0;a.c;1;12;{n};{i + 1};a.c;{i + 2};45;inlining to\n")));
        // Both ways to write metadata: a transform and a batch. Brackets keep MSBuild from trimming blanks.
        project.Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="f" />""", targets: """
            <Target Name="WriteSymbols" AfterTargets="IpaAfterAnalyze">
              <WriteLinesToFile File="transform.txt" Lines="@(IpaAffectedFunction->'[%(Symbol)]')" Overwrite="true" />
              <WriteLinesToFile File="batch.txt" Lines="[%(IpaAffectedFunction.Symbol)]" Overwrite="false" />
            </Target>
            """).Build().MustSucceed();
        var expected = names.Select(n => $"[{(n.StartsWith('*') ? n[1..] : n)}]").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllLines(project.Path("transform.txt")), Is.EquivalentTo(expected));
            Assert.That(File.ReadAllLines(project.Path("batch.txt")), Is.EquivalentTo(expected));
        }
    }

    [Test]
    public void File_names_of_a_dump_arrive_exactly()
    {
        var project = Tree().Write("tree/a.c.000i.ipa-clones", Lines(i => $"g{i};{i + 1};dir/x{Names[i]}x.c;{i + 2};9"));
        var build = project.Build();
        var patched = Load(project).Patched("f");
        using (Assert.EnterMultipleScope())
        {
            foreach (var (i, name) in Names.Index())
            {
                // `..` is folded as in any path, which leaves the tree here.
                var affected = patched[$"g{i}"];
                Assert.That(affected.SourceFile, name.StartsWith("..", StringComparison.Ordinal) ? Does.EndWith("pwnedx.c") : Does.EndWith($"x{name}x.c"));
                Assert.That(affected.Line, Is.EqualTo(i + 2));
                Assert.That(build.Affected.Single(item => item["Symbol"] == $"g{i}")["SourceFile"], Is.EqualTo(affected.SourceFile));
            }

            NothingWasWrittenElsewhere(project);
        }
    }

    [Test]
    public void A_newline_in_a_file_name_arrives_or_is_reported()
    {
        var project = Tree().Write("tree/a.c.000i.ipa-clones",
            "Callgraph clone;f;0;a.c;1;12;g;1;new\nline.c;7;9;inlining to\nCallgraph clone;f;0;a.c;1;12;h;2;a.c;8;9;inlining to\n");
        var build = project.Build();
        var patched = Load(project).Patched("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched["h"].Line, Is.EqualTo(8), "what follows is read");
            Assert.That(patched.Affected.Any(a => a.SourceFile?.EndsWith("new\nline.c", StringComparison.Ordinal) == true) || build.Codes.Contains("IPA3001"));
        }
    }

    [Test]
    public void A_megabyte_of_name_arrives()
    {
        var name = new string('n', 1 << 20);
        var project = Tree().Write("tree/a.c.000i.ipa-clones", $"Callgraph clone;f;0;a.c;1;12;{name};1;a.c;1;45;inlining to\n");
        project.Build();
        Assert.That(Load(project).Patched("f").Affected.Single().Symbol, Is.EqualTo(name));
    }

    [Test]
    public void Bytes_that_are_no_utf8_are_reported()
    {
        byte[] dump =
        [
            .. "Callgraph clone;f;0;a.c;1;12;bad"u8, 0xff, 0xfe, .. "name;1;a.c;1;45;inlining to\n"u8,
        ];
        var project = Tree().Write("tree/a.c.000i.ipa-clones", dump);
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            build.MustWarnWith("IPA3008");
            Assert.That(Load(project).Patched("f").Affected.Single().Symbol, Does.StartWith("bad").And.EndWith("name"));
        }
    }

    [Test]
    public void Titles_of_a_call_graph_arrive_exactly()
    {
        var project = Tree()
            .Write("tree/a.c.000i.ipa-clones", "Callgraph clone;f;0;a.c;1;12;f.isra.0;1;a.c;1;12;isra\n")
            .Write("tree/a.ci", """
                graph: { title: "a.c"
                node: { title: "a.c:f.isra.0" label: "f.isra\na.c:1:12" }
                node: { title: "$(touch pwned);%3B" label: "$(touch pwned);%3B\na.c:3:5" }
                edge: { sourcename: "$(touch pwned);%3B" targetname: "a.c:f.isra.0" label: "a.c:3:9" }
                }

                """);
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Load(project).Patched("f")["$(touch pwned);%3B"].Reasons, Is.EqualTo(["callsClone from f.isra.0"]));
            Assert.That(build.Affected.Select(i => i["Symbol"]), Does.Contain("$(touch pwned);%3B"));
            NothingWasWrittenElsewhere(project);
        }
    }

    [Test]
    public void Symbols_of_an_object_arrive_exactly()
    {
        Tools.Require("gcc");
        // The assembler takes any name in quotes.
        var project = NewProject().Write("tree/a.c", """
            static int f(int x) { return x + 1; }
            int g(int x) __asm__("\"we;ird $(touch pwned) %3B @(Y) 'q'\"");
            int g(int x) { return f(x); }

            """);
        project.Compile("tree/a.c", "tree/a.o").Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="f" />""");
        var build = project.Build();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Load(project).Patched("f").Affected.Single().Symbol, Does.Contain("we;ird $(touch pwned) %3B @(Y) 'q'"));
            Assert.That(build.Affected.Single()["Symbol"], Is.EqualTo(Load(project).Patched("f").Affected.Single().Symbol));
            NothingWasWrittenElsewhere(project);
        }
    }

    [Test]
    public void Sources_with_such_names_are_compiled()
    {
        Tools.Require("gcc");
        string[] sources = ["we;ird.c", "$(touch pwned).c", "`touch pwned`.c", "@pwned.c", "-o.c", "it's \"q\".c", "%3B.c", "#.c"];
        var project = NewProject();
        foreach (var (i, source) in sources.Index())
        {
            project.Write(source, $"static int f(int x) {{ return x + {i}; }} int g{i}(int x) {{ return f(x); }}\n");
        }

        var items = string.Concat(sources.Select(s => $"""<IpaSource Include="{Escape(s)}" />"""));
        var build = project.Wrap(items + """<IpaPatchedFunction Include="f" AllMatches="true" />""").Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Load(project).PatchedFunctions.Select(p => p.SourceFile), Is.EquivalentTo(sources));
            Assert.That(build.ToPatch.Select(i => i["SourceFile"]), Is.EquivalentTo(sources));
            Assert.That(build.ToPatch.Select(i => i["Object"]), Is.EquivalentTo(sources.Select(s => Path.ChangeExtension(s, ".o"))));
            NothingWasWrittenElsewhere(project);
        }
    }

    [TestCase("$(touch pwned)")]
    [TestCase("a;touch pwned")]
    [TestCase("-fplugin=pwned.so")]
    public void Flags_reach_no_shell(string flag)
    {
        Tools.Require("gcc");
        var project = NewProject().Write("a.c", "int x;\n").Wrap(
            $"""<IpaSource Include="a.c" CompilerFlags="{Escape(flag)}" />""");
        Assert.That(project.Build().Succeeded, Is.False);
        NothingWasWrittenElsewhere(project);
    }

    // As MSBuild escapes what is to be taken literally.
    private static string Escape(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '=' ? c.ToString() : $"%{(int)c:X2}"));

    private static string Lines(Func<int, string> affected) =>
        string.Concat(Names.Select((_, i) => $"Callgraph clone;f;0;a.c;1;12;{affected(i)};inlining to\n"));

    private static Manifest Load(TestProject project) => Manifest.Load(Path.Combine(project.OutputDirectory, "affected-functions.json"));

    private static void NothingWasWrittenElsewhere(TestProject project)
    {
        var parent = Path.GetDirectoryName(project.Directory)!;
        Assert.That(FileSnapshot.Take(parent).Files.Where(f => Path.GetFileName(f).StartsWith("pwned", StringComparison.Ordinal)), Is.Empty);
        Assert.That(File.Exists("/pwned"), Is.False);
    }

    private TestProject Tree()
    {
        Tools.Require("gcc");
        return NewProject()
            .Write("tree/a.c", "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n")
            .Compile("tree/a.c", "tree/a.o")
            .Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="f" />""");
    }
}
