using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Tests.CommandLines.Records;

[TestFixture]
internal sealed class DependencyFileTests
{
    [TestCase("a.o: a.c b.h \\\n c.h\n", new[] { "a.c", "b.h", "c.h" })]
    [TestCase("o\\ ut.o: d\\ x/s:p\\ c.c d\\ x/h\\#1\\ $$b.h \\\n d\\ x/c:d.h\n", new[] { "d x/s:p c.c", "d x/h#1 $b.h", "d x/c:d.h" })]
    [TestCase("z.o: z.c w\\\\\\ x.h q\\r.h\n", new[] { "z.c", "w\\ x.h", "q\\r.h" })]
    [TestCase("a.o: a.c\nb.h:\n", new[] { "a.c" })]
    [TestCase("a.o: a.c", new[] { "a.c" })]
    [TestCase("a\\: b.o: a.c\n", new[] { "a.c" })]
    public void Reads_the_names(string text, string[] expected) =>
        Assert.That(DependencyFile.Parse(text), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("no rule")]
    [TestCase("a.o:")]
    public void What_is_no_rule_is_no_list(string text) =>
        Assert.That(DependencyFile.Parse(text), Is.Null);

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    public void Reads_what_gcc_writes_for_odd_names(string compiler)
    {
        using var sandbox = new Sandbox("w é");
        string[] headers = ["a b.h", "c#d.h", "e$f.h", "g:h.h", "i\\j.h", "k\\ l.h", "m%n.h", "é.h", "tab\tx.h", "b$$c.h", "'q'.h"];
        sandbox.Write("s s.c", string.Concat(headers.Select(static header => $"#include \"{header}\"\n")));
        foreach (var header in headers)
        {
            sandbox.Write(header, "");
        }

        var result = ToolProcess.Run(
            new ToolRequest
            {
                Program = Tools.Require(compiler),
                Arguments = ["-MD", "-MF", "d", "-c", "-o", "o o.o", "s s.c"],
                WorkingDirectory = sandbox.Root,
                Environment = Sandbox.Environment,
            },
            CancellationToken.None);
        Assert.That(result.ExitCode, Is.Zero, string.Join('\n', result.Errors));
        Assert.That(
            DependencyFile.Parse(File.ReadAllText(sandbox.PathOf("d")))!.Where(static name => !name.StartsWith('/')),
            Is.EqualTo(headers.Prepend("s s.c")));
    }
}
