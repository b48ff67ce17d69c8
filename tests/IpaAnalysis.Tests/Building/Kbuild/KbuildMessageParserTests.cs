using IpaAnalysis.Building.Kbuild.Messages;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Building.Kbuild;

[TestFixture]
internal sealed class KbuildMessageParserTests
{
    [TestCase("ERROR: modpost: \"undefd\" [/m/demo.ko] undefined!", "IPA2005", "modpost: \"undefd\" [demo.ko] undefined!", "/m/demo.ko")]
    [TestCase("ERROR: \"undefd\" [/m/demo.ko] undefined!", "IPA2005", "\"undefd\" [demo.ko] undefined!", "/m/demo.ko")]
    [TestCase("ERROR: modpost: missing MODULE_LICENSE() in /m/demo.o", "IPA2005", "modpost: missing MODULE_LICENSE() in demo.o", "/m/demo.o")]
    [TestCase("WARNING: modpost: missing MODULE_DESCRIPTION() in /m/demo.o", "IPA2006", "modpost: missing MODULE_DESCRIPTION() in demo.o", "/m/demo.o")]
    [TestCase("WARNING: modpost: /m/demo.o(.text+0x5): Section mismatch in reference", "IPA2006", "modpost: demo.o(.text+0x5): Section mismatch in reference", "/m/demo.o")]
    [TestCase("/m/sub/a.o: warning: objtool: foo()+0x12: unreachable instruction", "IPA2006", "sub/a.o: objtool: foo()+0x12: unreachable instruction", "/m/sub/a.o")]
    [TestCase("a.o: error: objtool: elf_x: failed", "IPA2005", "a.o: objtool: elf_x: failed", "/m/a.o")]
    [TestCase("make[1]: warning:  Clock skew detected.  Your build may be incomplete.", "IPA2006", "make: Clock skew detected.  Your build may be incomplete.", null)]
    [TestCase("ERROR: Kernel configuration is invalid.", "IPA2005", "Kernel configuration is invalid.", null)]
    [TestCase("fixdep: error opening file: /m/.a.o.d", "IPA2005", "fixdep: error opening file: .a.o.d", null)]
    [TestCase("/m/Makefile:4: warning: overriding recipe for target 'x'", "IPA2006", "overriding recipe for target 'x'", "/m/Makefile")]
    [TestCase("/m/a.c:1:2: warning: w [-Wx]", "IPA2002", "w [-Wx]", "/m/a.c")]
    public void One_line(string line, string code, string message, string? subject)
    {
        var parser = Parser();
        Assert.That(parser.Accept(line), Is.True);
        Assert.That(parser.Messages, Has.Count.EqualTo(1));
        Assert.That((parser.Messages[0].Diagnostic.Code, parser.Messages[0].Diagnostic.Message, parser.Messages[0].Subject), Is.EqualTo((code, message, subject)));
        Assert.That(parser.MakeFailure, Is.Null);
    }

    [TestCase("  CC [M]  /m/a.o")]
    [TestCase("  MODPOST /m/Module.symvers")]
    [TestCase("Skipping BTF generation for /m/demo.ko due to unavailability of vmlinux")]
    [TestCase("make[1]: Entering directory '/k'")]
    [TestCase("make: Leaving directory '/k'")]
    [TestCase("")]
    public void Is_nothing(string line)
    {
        var parser = Parser();
        parser.Accept(line);
        Assert.That(parser.Messages, Is.Empty);
        Assert.That(parser.Unread, Is.Null);
        Assert.That(parser.HasModpostRun, Is.EqualTo(line.Contains("MODPOST", StringComparison.Ordinal)));
    }

    [TestCase("make[2]: *** [/k/scripts/Makefile.build:250: /m/a.o] Error 1", "make: 'a.o' could not be made (Error 1)", "/k/scripts/Makefile.build", 250)]
    [TestCase("make[2]: *** [/m/Makefile:12: all] Error 2", "make: 'all' could not be made (Error 2)", "/m/Makefile", 12)]
    [TestCase("make: *** [all] Error 2", "make: 'all' could not be made (Error 2)", null, 0)]
    [TestCase("make[1]: *** No rule to make target '/m/b.o', needed by '/m/demo.o'.  Stop.", "make: No rule to make target 'b.o', needed by 'demo.o'.", null, 0)]
    [TestCase("/m/Makefile:3: *** missing separator.  Stop.", "make: missing separator.", "/m/Makefile", 3)]
    [TestCase("make: *** /none: No such file or directory.  Stop.", "make: none: No such file or directory.", null, 0)]
    public void A_failure_of_make(string line, string message, string? file, int number)
    {
        var parser = Parser();
        Assert.That(parser.Accept(line), Is.True);
        Assert.That(parser.Messages, Is.Empty);
        var failure = parser.MakeFailure!;
        Assert.That((failure.Descriptor, failure.Message, failure.File, failure.Line), Is.EqualTo((DiagnosticCatalog.MakeFailed, message, file, number)));
    }

    [Test]
    public void Of_a_chain_of_failures_the_innermost_is_told_with_the_words_before_it()
    {
        var parser = Parser();
        foreach (var line in (string[])
            ["some script said this", "/m/a.c:1:1: warning: w", "/bin/sh: 1: gcc-99: not found", "make[2]: *** [/k/s:1: /m/a.o] Error 127", "make[2]: *** Waiting for unfinished jobs....", "make[1]: *** [/k/Makefile:2: /m] Error 2", "make: *** [Makefile:3: x] Error 2"])
        {
            parser.Accept(line);
        }

        Assert.That(parser.MakeFailure!.Message, Is.EqualTo("make: 'a.o' could not be made (Error 127) (sh: 1: gcc-99: not found)"));
    }

    [Test]
    public void Of_jobs_that_fail_together_the_one_told_does_not_depend_on_their_order()
    {
        string[] lines = ["make[2]: *** [/k/s:1: /m/a.o] Error 1", "make[2]: *** [/k/s:1: /m/b.o] Error 1"];
        foreach (var order in (string[][])[lines, [lines[1], lines[0]]])
        {
            var parser = Parser();
            foreach (var line in order.Append("make[1]: *** [/k/Makefile:2: /m] Error 2"))
            {
                parser.Accept(line);
            }

            Assert.That(parser.MakeFailure!.Message, Is.EqualTo("make: 'a.o' could not be made (Error 1)"));
        }
    }

    [Test]
    public void The_compilers_that_differ_are_named()
    {
        var parser = Parser();
        foreach (var line in (string[])
            ["warning: the compiler differs from the one used to build the kernel",
             "  The kernel was built by: gcc-12 (Debian) 12.2.0",
             "  You are using:           gcc-11 (Debian) 11.3.0",
             "  CC [M]  /m/a.o"])
        {
            parser.Accept(line);
        }

        Assert.That(parser.Messages.Select(static m => m.Diagnostic.Message), Is.EqualTo(new[]
        {
            "the compiler differs from the one used to build the kernel: The kernel was built by: gcc-12 (Debian) 12.2.0 You are using: gcc-11 (Debian) 11.3.0",
        }));
    }

    [Test]
    public void Notes_reach_the_message_of_the_compiler()
    {
        var parser = Parser();
        foreach (var line in (string[])["/m/a.c:1:2: warning: w", "/m/a.h:3:1: note: declared here", "/m/a.o: warning: objtool: x", "/m/b.c:1:2: error: e"])
        {
            parser.Accept(line);
        }

        Assert.That(parser.Messages.Select(static m => m.Diagnostic.Message), Is.EqualTo(new[] { "w (note: a.h:3: declared here)", "a.o: objtool: x", "e" }));
    }

    private static KbuildMessageParser Parser() => new(new MessagePaths("/k", ["/m"], static path => "/m/" + path));
}
