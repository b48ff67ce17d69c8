using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.CommandLines;

internal sealed class CompileCommandsReaderTests
{
    [Test]
    public void Both_forms_of_an_entry_are_read()
    {
        var entries = Read(
            """
            [
              { "directory": "/b", "file": "../s/a.c", "command": "/usr/bin/cc -DN=\\\"x\\\" -O2 -fdump-ipa-clones -o CMakeFiles/p.dir/a.c.o -c ../s/a.c" },
              { "directory": "/b", "arguments": ["gcc", "-c", "c c.c"], "file": "c c.c" },
              { "file": "/s/d.c", "output": "o/d.o", "directory": "/b", "command": "gcc -c -o x.o /s/d.c", "extra": { "deep": [1, { }] } },
              { "directory": "/b", "file": "e.c", "command": "cd sub && gcc -c e.c" }
            ]
            """,
            out var bag);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bag, Is.Empty);
            Assert.That(entries.Select(e => e.ObjectFile), Is.EqualTo(["/b/CMakeFiles/p.dir/a.c.o", "/b/c c.o", "/b/o/d.o", "/b/sub/e.o"]));
            Assert.That(entries.Select(e => e.File), Is.EqualTo(["/s/a.c", "/b/c c.c", "/s/d.c", "/b/e.c"]));
            Assert.That(entries.Select(e => e.Line), Is.EqualTo([2, 3, 4, 5]));
            Assert.That(entries.Select(e => e.Kind), Is.All.EqualTo(CommandKind.CCompile));
            Assert.That(entries[0].Words, Does.Contain("-DN=\"x\""));
            Assert.That(entries[0].DumpsClones, Is.True);
            Assert.That(entries[3].WorkingDirectory, Is.EqualTo("/b/sub"));
        }
    }

    [Test]
    public void A_bad_entry_costs_only_itself()
    {
        var entries = Read(
            """
            [
              { "directory": "/b", "file": "a.c", "command": "gcc -c a.c" },
              { "directory": "/b", "file": 7, "command": "gcc -c b.c" },
              { "directory": "/b", "file": "c.c" },
              { "directory": "/b", "file": "d.c", "command": "gcc 'd.c" },
              { "directory": "/b", "file": "e.c", "command" "gcc -c e.c" },
              { "directory": "/b", "file": "f.c", "command": "gcc -c f.c
              },
              { "directory": "/b", "file": "g.c", "command": "gcc \ud800 g.c" },
              { "directory": "/b", "file": "h\u0000.c", "command": "gcc -c h.c" },
              { "directory": "/b", "file": "i.c", "arguments": ["gcc", 5] },
              { "directory": "/b", "file": "z.c", "command": "gcc -c z.c" }
            ]
            """,
            out var bag);
        Assert.That(entries.Select(e => e.File), Is.EqualTo(["/b/a.c", "/b/z.c"]));
        Assert.That(bag.Select(d => d.Line), Is.EqualTo([3, 4, 5, 6, 7, 9, 10, 11]));
        Assert.That(bag.Select(d => d.Descriptor).Distinct(), Is.EqualTo([DiagnosticCatalog.CompileCommands]));
    }

    [TestCase("", 0)]
    [TestCase("{}", 0)]
    [TestCase("nonsense", 0)]
    [TestCase("[", 0)]
    [TestCase("""[ 1, { "directory": "/b", "file": "a.c", "command": "gcc -c a.c" } ]""", 1)]
    [TestCase("""[ { "directory": "/b", "file": "a.c", "command": "gcc -c a.c" }""", 1)]
    [TestCase("""[ { "directory": "/b", "file": "a.c", "command": "gcc -c a.c" }, { "directory": "/b" """, 1)]
    [TestCase("""[ { "directory": "/b", "file": "a.c", "command": "gcc -c a.c" } ] x""", 1)]
    public void A_file_that_is_not_whole_is_reported_once(string text, int count)
    {
        Assert.That(Read(text, out var bag), Has.Length.EqualTo(count));
        Assert.That(bag.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.CompileCommands]));
    }

    [TestCase("[]")]
    [TestCase(" \n[\n]\n")]
    [TestCase("\uFEFF[]")]
    public void An_empty_database_is_fine(string text)
    {
        Assert.That(Read(text, out var bag), Is.Empty);
        Assert.That(bag, Is.Empty);
    }

    [Test]
    public void A_database_larger_than_the_buffer_is_read_piece_by_piece()
    {
        var text = new StringBuilder("[\n");
        for (var i = 0; i < 3000; i++)
        {
            text.Append(i == 0 ? "" : ",\n").Append($$"""{ "directory": "/b", "file": "f{{i}}.c", "command": "gcc -c {{new string('x', i % 200 == 0 ? 100_000 : 50)}}.h f{{i}}.c -o f{{i}}.o" }""");
        }

        var entries = Read(text.Append(']').ToString(), out var bag);
        Assert.That(bag, Is.Empty);
        Assert.That(entries.Select(e => e.ObjectFile), Is.EqualTo(Enumerable.Range(0, 3000).Select(i => $"/b/f{i}.o")));
        Assert.That(entries[^1].Line, Is.EqualTo(3001));
    }

    [TestCase("", "m.lo", ".libs/m.o -fPIC -DPIC|m.o")]
    [TestCase("-o d/m.lo", "d/m.lo", "d/.libs/m.o -fPIC -DPIC|d/m.o")]
    [TestCase("-static -o m.lo", null, "m.o")]
    [TestCase("-shared -o m.lo", null, ".libs/m.o -fPIC -DPIC")]
    [TestCase("-prefer-pic -Wc,-O3,-g -Xcompiler -pipe -o m.lo", null, ".libs/m.o -O3 -g -pipe -fPIC -DPIC|m.o -O3 -g -pipe -fPIC -DPIC")]
    public void What_libtool_makes_of_a_command_comes_last(string options, string? output, string expected)
    {
        var field = output is null ? "" : $"\"output\": \"{output}\",";
        var entries = Read(
            $$"""
            [ { "directory": "/b", "file": "m.c", {{field}} "command": "/bin/bash ../libtool --tag=CC --mode=compile gcc -O2 {{options}} -c m.c" },
              { "directory": "/b", "file": "n.c", "command": "gcc -O2 -c n.c" } ]
            """,
            out var bag);
        Assert.That(bag, Is.Empty);
        Assert.That(entries[0].ObjectFile, Is.EqualTo("/b/n.o"));
        Assert.That(
            string.Join('|', entries.Skip(1).Select(e => string.Join(' ', [e.ObjectFile[3..], .. e.Words.Where(w => w is not ("gcc" or "-O2" or "-c" or "m.c" or "-o") && !w.EndsWith(".lo", StringComparison.Ordinal))]))),
            Is.EqualTo(expected));
        Assert.That(entries.Select(e => e.Output), Is.EqualTo(entries.Skip(1).Select(e => e.ObjectFile).Prepend(null)));
    }

    [TestCase("libtool --mode=link gcc -o m.lo -c m.c")]
    [TestCase("gcc -o m.lo -c m.c")]
    public void An_object_of_that_name_that_libtool_did_not_compile_is_one(string command)
    {
        Assert.That(Read($$"""[ { "directory": "/b", "file": "m.c", "command": "{{command}}" } ]""", out _).Select(e => e.ObjectFile), Is.EqualTo(["/b/m.lo"]));
    }

    private static ImmutableArray<CompileCommand> Read(string text, out DiagnosticBag bag)
    {
        bag = [];
        return CompileCommandsReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "/b/compile_commands.json", bag);
    }
}
