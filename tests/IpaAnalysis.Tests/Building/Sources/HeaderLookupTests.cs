using System.Text;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Building.Sources.Headers;

namespace IpaAnalysis.Tests.Building.Sources;

/// <summary>What the compiler looked for and did not find is part of what an object was made from.</summary>
[TestFixture]
internal sealed class HeaderLookupTests
{
    private static Sandbox Project(string source)
    {
        Tools.Require("gcc");
        var sandbox = new Sandbox();
        sandbox.Write("i1/other.h", "\n");
        sandbox.Write("i2/lim.h", "static inline int lim(int x) { return x & 3; }\n");
        sandbox.Write("i2/sub/deep.h", "#include <lim.h>\n");
        sandbox.Write("a.c", source + "\nint use(int x);\nint use(int x) { return x; }\n");
        sandbox.Write("b.c", "int b(int x) { return x; }\n");
        return sandbox;
    }

    private static SourceCompileResult Compile(Sandbox sandbox, string flags = "-O2 -Ii1 -Iabsent -Ii2") => SourceCompiler.Compile(
        sandbox.Options("gcc", new SourceToCompile("a.c"), new SourceToCompile("b.c")) with { CommonFlags = flags }, CancellationToken.None);

    [TestCase("#include <lim.h>", "i1/lim.h")]
    [TestCase("#include \"lim.h\"", "i1/lim.h")]
    [TestCase("#include \"lim.h\"", "lim.h")]
    [TestCase("#  include/* why */\t<lim.h>", "i1/lim.h")]
    [TestCase("#include <sub/deep.h>", "i1/lim.h")]
    [TestCase("#include <sub/deep.h>", "i1/sub/deep.h")]
    [TestCase("#include <lim.h>", "absent/lim.h")]
    [TestCase("#define NAME <lim.h>\n#include NAME", "i1/lim.h")]
    [TestCase("#if __has_include(\"extra.h\")\n#include \"extra.h\"\n#endif", "extra.h")]
    [TestCase("#if __has_include(<extra.h>)\n#include <extra.h>\n#endif", "i2/extra.h")]
    [TestCase("#define E <extra.h>\n#if __has_include(E)\n#include E\n#endif", "i1/extra.h")]
    [TestCase("#ifdef __has_include_next\n#endif\n#include_next <lim.h>", "i1/lim.h")]
    [TestCase("#include \"lim.h\"", "i1/lim.h.gch/")]
    public void A_file_that_would_be_found_compiles_again(string source, string header)
    {
        using var sandbox = Project(source);
        Assert.That(Compile(sandbox).Sources, Has.Count.EqualTo(2));
        Assert.That(Compile(sandbox).Reasons, Is.Empty, "the clean twin");
        if (header.EndsWith('/'))
        {
            Directory.CreateDirectory(sandbox.PathOf(header));
        }
        else
        {
            sandbox.Write(header, "static inline int lim(int x) { return x & 15; }\n");
        }

        var result = Compile(sandbox);
        Assert.That(result.Reasons, Has.Count.EqualTo(1));
        Assert.That(result.Reasons[0], Does.StartWith("a.o: "));
        Assert.That(Compile(sandbox).Reasons, Is.Empty);
    }

    [Test]
    public void A_file_that_was_only_asked_for_and_goes_compiles_again()
    {
        using var sandbox = Project("#if __has_include(\"extra.h\")\nint more(int x);\nint more(int x) { return x; }\n#endif");
        sandbox.Write("extra.h", "\n");
        Compile(sandbox);
        Assert.That(Compile(sandbox).Reasons, Is.Empty);
        File.Delete(sandbox.PathOf("extra.h"));
        Assert.That(Compile(sandbox).Reasons, Is.EqualTo(new[] { "a.o: extra.h, which was looked for, is gone" }));
    }

    [Test]
    public void A_forced_header_is_looked_for_too()
    {
        using var sandbox = Project("");
        const string Flags = "-O2 -Ii1 -Ii2 -include lim.h";
        Compile(sandbox, Flags);
        Assert.That(Compile(sandbox, Flags).Reasons, Is.Empty);
        sandbox.Write("lim.h", "static inline int lim(int x) { return x & 15; }\n");
        Assert.That(Compile(sandbox, Flags).Reasons, Has.Count.EqualTo(2));
        Assert.That(Compile(sandbox, Flags).Reasons, Is.Empty);
    }

    [Test]
    public void Files_where_nothing_is_looked_for_compile_nothing()
    {
        using var sandbox = Project("#include <lim.h>\n#if __has_include(\"extra.h\")\n#endif");
        Compile(sandbox);
        sandbox.Write("i1/unasked.h", "\n");
        sandbox.Write("i3/lim.h", "\n");
        sandbox.Write("c.c", "\n");
        sandbox.Write("sub/extra.h", "\n");
        Assert.That(Compile(sandbox).Reasons, Is.Empty);
    }

    // The replacement bears the time of the year 2001, as what cp -p or rsync -t brings; the compiler is a script that waits for it.
    [TestCase("a.c", "int use(int x);\nint use(int x) { return x + 1; }\n")]
    [TestCase("i2/lim.h", "static inline int lim(int x) { return x & 7; }\n")]
    public void A_file_that_is_replaced_meanwhile_by_an_older_one_compiles_again(string name, string content)
    {
        using var sandbox = Project("#include <lim.h>");
        var replacement = sandbox.Write("new", content);
        File.SetLastWriteTimeUtc(replacement, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        var gcc = sandbox.Script("bin/gcc", $"'{Tools.Require("gcc")}' \"$@\" || exit $?\ncase \"$*\" in *a.o.rsp*) [ ! -f '{replacement}' ] || mv '{replacement}' '{sandbox.PathOf(name)}';; esac\n");
        var options = sandbox.Options(gcc, new SourceToCompile("a.c")) with { CommonFlags = "-O2 -Ii2" };
        Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Sources, Has.Count.EqualTo(1));
        Assert.That(File.Exists(replacement), Is.False);
        Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Reasons, Has.Count.EqualTo(1), "the object is of the older content");
        Assert.That(SourceCompiler.Compile(options, CancellationToken.None).Reasons, Is.Empty);
    }

    [TestCase("# include \"a.h\" // x", "a.h", false)]
    [TestCase("#include <a/b.h>", "a/b.h", false)]
    [TestCase("#inc\\\nlude <a.h>", "a.h", false)]
    [TestCase("#if defined(__has_include) && __has_include ( <a.h> )", "a.h", false)]
    [TestCase("#embed \"data.bin\" limit(3)", "data.bin", false)]
    [TestCase("#if __has_embed(<data.bin>)", "data.bin", false)]
    [TestCase("#define __has_include(x) 0", "", false)]
    [TestCase("#include NAME", "", true)]
    [TestCase("%:include NAME", "", true)]
    [TestCase("#/**/include NAME", "", true)]
    [TestCase("#if __has_include(NAME)", "", true)]
    [TestCase("int include = 3; /* we include this */", "", false)]
    [TestCase("#include \"cut", "", true)]
    public void The_names_in_a_text_are_these(string text, string names, bool hasUnreadable)
    {
        var found = HeaderNames.Parse(Encoding.UTF8.GetBytes(text));
        Assert.That((string.Join(' ', found.Names.Select(n => n.Name)), found.HasUnreadable), Is.EqualTo((names, hasUnreadable)));
    }
}
