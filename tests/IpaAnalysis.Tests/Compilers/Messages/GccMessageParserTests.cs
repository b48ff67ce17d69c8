using FsCheck.Fluent;
using IpaAnalysis.Building.Kbuild.Messages;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.Compilers.Messages;

[TestFixture]
internal sealed class GccMessageParserTests
{
    [TestCase("a.c:3:5: error: expected ';'", "/w/a.c(3,5): IPA2001: expected ';'")]
    [TestCase("a.c:3: warning: no column [-Wx]", "/w/a.c(3,0): IPA2002: no column [-Wx]")]
    [TestCase("/abs/x.h:3:5: error: e", "/abs/x.h(3,5): IPA2001: e")]
    [TestCase("a:1:2.c:3:5: error: e", "/w/a:1:2.c(3,5): IPA2001: e")]
    [TestCase("a b é.c:3:5: error: say: error: twice", "/w/a b é.c(3,5): IPA2001: say: error: twice")]
    [TestCase("x: error: y.c:3:5: error: e", "/w/x: error: y.c(3,5): IPA2001: e")]
    [TestCase("a.c:1:10: fatal error: no.h: No such file or directory", "/w/a.c(1,10): IPA2001: no.h: No such file or directory")]
    [TestCase("a.c:1:1: internal compiler error: Segmentation fault", "/w/a.c(1,1): IPA2001: internal compiler error: Segmentation fault")]
    [TestCase("a.c:1:1: sorry, unimplemented: nested", "/w/a.c(1,1): IPA2001: sorry, unimplemented: nested")]
    [TestCase("gcc: error: unrecognized command-line option '-fx'", "/w/src.c(0,0): IPA2001: gcc: unrecognized command-line option '-fx'")]
    [TestCase("s390x-linux-gnu-gcc-12.2: fatal error: no input files", "/w/src.c(0,0): IPA2001: s390x-linux-gnu-gcc-12.2: no input files")]
    [TestCase("cc1: error: cannot load plugin /no/x.so: /no/x.so: gone", "/w/src.c(0,0): IPA2001: cc1: cannot load plugin x.so: x.so: gone")]
    [TestCase("cc1: warning: bad", "/w/src.c(0,0): IPA2002: cc1: bad")]
    [TestCase("<command-line>: warning: \"A\" redefined", "/w/src.c(0,0): IPA2002: <command-line>: \"A\" redefined")]
    [TestCase("/tmp/ccUcSgrV.s:5: Error: unknown pseudo-op: `.nope'", "/w/src.c(0,0): IPA2001: unknown pseudo-op: `.nope'")]
    [TestCase("{standard input}:5: Error: bad", "/w/src.c(0,0): IPA2001: bad")]
    [TestCase("b.c:1: Error: no such instruction: `bad'", "/w/b.c(1,0): IPA2001: no such instruction: `bad'")]
    [TestCase("b.c:1: Warning: odd", "/w/b.c(1,0): IPA2002: odd")]
    [TestCase("as: unrecognized option '--nope'", "/w/src.c(0,0): IPA2001: as: unrecognized option '--nope'")]
    [TestCase("/usr/bin/ld: cannot find -lnope", "/w/src.c(0,0): IPA2001: ld: cannot find -lnope")]
    [TestCase("a.c:(.text+0x5): undefined reference to `x'", "/w/src.c(0,0): IPA2001: a.c:(.text+0x5): undefined reference to `x'")]
    [TestCase("collect2: error: ld returned 1 exit status", "/w/src.c(0,0): IPA2001: collect2: ld returned 1 exit status")]
    [TestCase("a.c:1:2: error: see '/w/sub/x.h', /usr/include/stdio.h and /tmp/ccAbCdEf.o; a / b, /* c */ // d", "/w/a.c(1,2): IPA2001: see 'sub/x.h', stdio.h and temporary file; a / b, /* c */ // d")]
    [TestCase("\u001b[01m\u001b[Ka.c:3:5:\u001b[m\u001b[K \u001b[01;31m\u001b[Kerror: \u001b[m\u001b[Kbad [\u001b]8;;https://x/y\u001b\\-Wz\u001b]8;;\u001b\\]", "/w/a.c(3,5): IPA2001: bad [-Wz]")]
    public void One_line(string line, string expected)
    {
        var parser = new GccMessageParser(new MessagePaths("/w"), "/w/src.c");
        Assert.That(parser.Accept(line), Is.True);
        Assert.That(parser.Messages.Select(static m => Show(m.Diagnostic)), Is.EqualTo(new[] { expected }));
    }

    [TestCase("In file included from a.h:1,")]
    [TestCase("                 from a.c:2:")]
    [TestCase("a.c: In function 'f':")]
    [TestCase("a.c: At top level:")]
    [TestCase("In function 'q',")]
    [TestCase("    inlined from 'y' at e.c:2:127:")]
    [TestCase("compilation terminated.")]
    [TestCase("cc1: all warnings being treated as errors")]
    [TestCase("b.c: Assembler messages:")]
    [TestCase("during GIMPLE pass: dom")]
    [TestCase("Please submit a full bug report,")]
    [TestCase("See <file:///usr/share/doc/gcc-12/README.Bugs> for instructions.")]
    [TestCase("a.c:3:5: note: declared here")]
    public void Belongs_to_a_message_and_is_none(string line)
    {
        var parser = new GccMessageParser(new MessagePaths("/w"));
        Assert.That(parser.Accept(line), Is.True);
        Assert.That(parser.Messages, Is.Empty);
    }

    [TestCase("")]
    [TestCase("hello world")]
    [TestCase(": error: x")]
    [TestCase("error:")]
    [TestCase("::::")]
    [TestCase("    3 | a.c:1:2: error: in a string")]
    public void Is_nothing(string line)
    {
        var parser = new GccMessageParser(new MessagePaths("/w"));
        Assert.That(parser.Accept(line), Is.False);
        Assert.That(parser.Messages, Is.Empty);
    }

    [Test]
    public void Notes_go_with_their_message_and_source_lines_make_none()
    {
        var messages = Parse(
            """
            e.c: In function 'g':
            e.c:1:26: warning: out of bounds [-Warray-bounds]
                1 | x("a.c:1:2: error: z");
                  | ^~~
                  | a.c:1:2: error: z
              +++ |+#include <x.h>
            e.c:1:20: note: 'a' declared here
            <built-in>: note: in a call
            e.c:9:9: note: a third one
            e.c:2:2: error: 'zz' undeclared
            e.c:2:2: note: each undeclared identifier is reported only once for each function it appears in
            """);
        Assert.That(messages.Select(static m => Show(m.Diagnostic)), Is.EqualTo(new[]
        {
            "/w/e.c(1,26): IPA2002: out of bounds [-Warray-bounds] (note: e.c:1: 'a' declared here) (note: in a call)",
            "/w/e.c(2,2): IPA2001: 'zz' undeclared",
        }));
    }

    [Test]
    public void The_unit_of_a_message_in_a_header_is_the_outermost_includer()
    {
        var messages = Parse(
            """
            In file included from b.h:1,
                             from one.c:2:
            c.h:1:1: warning: w1
            c.h:2:1: warning: w2
            one.c:5:1: warning: w3
            In file included from two.c:1:
            c.h:1:1: warning: w4
            c.h: In function 'q':
            c.h:3:1: warning: w5
            """);
        Assert.That(messages.Select(static m => (m.Unit, m.Diagnostic.Message)), Is.EqualTo(new[]
        {
            ("/w/one.c", "w1"), ("/w/one.c", "w2"), ("/w/one.c", "w3"), ("/w/two.c", "w4"), ("/w/two.c", "w5"),
        }));
    }

    [Test]
    public void Any_text_is_read_without_an_exception()
    {
        const string Alphabet = "a.c:1 /|'\\[]()<>\u001b*~^\0é";
        string[] words = [": error: ", ": warning: ", ": note: ", "In file included from ", " from ", ": In function ", "make: *** [", "] Error 2", "WARNING: ", "objtool: ", "make[", "/tmp/ccAAAAAA.s"];
        var pieces = Gen.OneOf(Gen.Elements(words), Gen.Elements(Alphabet.Select(c => $"{c}")));

        // A reader remembers what came before: what fails is a row of lines.
        PropertyCheck.Holds(1_000, Lists.Of(Lists.Of(pieces, 7), 40), Lists.ShorterOrSmaller, lines =>
        {
            var gcc = new GccMessageParser(new MessagePaths("/w"));
            var kbuild = new KbuildMessageParser(new MessagePaths("/w"));
            foreach (var line in lines.Select(line => string.Concat(line)))
            {
                Assert.That(() => { gcc.Accept(line); kbuild.Accept(line); }, Throws.Nothing, line);
            }
        });
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void Real_messages(string compiler)
    {
        using var sandbox = new Sandbox("p q");
        sandbox.Write("inc/w.h", "static int unused_in_header(void) { return 1; }\n");
        sandbox.Write("é ü.c", "int f(void) { return zz; }\n");
        sandbox.Write("a:1:2 b.c", "int f(void) { int x; return 0 }\n");
        sandbox.Write("header.c", "#include \"inc/w.h\"\nint h;\n");
        sandbox.Write("missing.c", "\n#include \"no/such.h\"\n");
        sandbox.Write("werror.c", "int f(void) { int x; return 0; }\n");
        sandbox.Write("flag.c", "int f;\n");
        sandbox.Write("asm.c", "int f(void) {\n asm(\"bad insn %eax\"); return 0; }\n");
        sandbox.Write("top.c", "asm(\".nope\");\n");
        var result = SourceCompiler.Compile(
            sandbox.Options(
                Tools.Require(compiler),
                new("é ü.c"), new("a:1:2 b.c"), new("header.c"), new("missing.c"), new("werror.c", "-Werror"), new("flag.c", "-fbogus"), new("asm.c"), new("top.c")),
            CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics.Where(static d => !d.Message.StartsWith("control reaches", StringComparison.Ordinal))), Is.EqualTo(new[]
        {
            "é ü.c(1,22): IPA2001: 'zz' undeclared (first use in this function)",
            "a:1:2 b.c(1,30): IPA2001: expected ';' before '}' token",
            "a:1:2 b.c(1,19): IPA2002: unused variable 'x' [-Wunused-variable]",
            "inc/w.h(1,12): IPA2002: 'unused_in_header' defined but not used [-Wunused-function]",
            "missing.c(2,10): IPA2001: no/such.h: No such file or directory",
            "werror.c(1,19): IPA2001: unused variable 'x' [-Werror=unused-variable]",
            $"flag.c(0,0): IPA2001: {Path.GetFileName(Tools.Require(compiler))}: unrecognized command-line option '-fbogus'",
            "asm.c(2,0): IPA2001: no such instruction: `bad insn %eax'",
            "top.c(0,0): IPA2001: unknown pseudo-op: `.nope'",
        }));
        Assert.That(result.Sources.Select(static s => s.Object), Is.EqualTo(new[] { "header.o" }));
        Assert.That(result.CompiledCount, Is.EqualTo(8));
        Assert.That(
            Directory.EnumerateFiles(sandbox.PathOf("obj/ipa")).Select(Path.GetFileName).Where(static name => !name!.StartsWith("header.", StringComparison.Ordinal)),
            Is.EqualTo(new[] { SourceCompiler.StateFileName }), "failed compiles leave nothing");
    }

    private static IReadOnlyList<GccMessage> Parse(string text)
    {
        var parser = new GccMessageParser(new MessagePaths("/w"));
        foreach (var line in text.Split('\n'))
        {
            parser.Accept(line);
        }

        return parser.Messages;
    }

    private static string Show(Diagnostic d) => $"{d.File}({d.Line},{d.Column}): {d.Code}: {d.Message}";
}
