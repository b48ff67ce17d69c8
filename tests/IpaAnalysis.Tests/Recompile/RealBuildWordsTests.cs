using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>
/// No unit is refused for an option that occurs in real builds: a whole kernel, Debian's kernel, modules of Debian's dkms
/// packages and user-space trees. build/option-words.sh makes the list.
/// </summary>
internal sealed class RealBuildWordsTests
{
    private static readonly string s_list = Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "Options", "real-build-words.txt");

    [Test]
    public void The_list_has_words_of_every_kind_of_build()
    {
        var tags = Lines().SelectMany(l => l.Split('\t')[1].Split(' ')).Distinct().Order(StringComparer.Ordinal);
        Assert.That(tags, Is.EqualTo(["corpus", "dkms", "kernel", "user"]));
    }

    [Test]
    public void No_word_is_refused_in_a_tree_that_nobody_trusts()
    {
        Tools.Require("gcc");
        using var tree = new TemporaryTree();
        tree.Write("unit.c", "int f(void) { return 0; }\n");
        tree.Write("unit.o");
        var units = Lines().Select(l => UnitWith(tree, l.Split('\t')[0])).ToArray();
        var options = Compilers.Asked.Expander().Expand([.. units.Select(u => new OptionsQuery(u.Options, null, [], ElfMachine.None))], CancellationToken.None);
        var finder = new CommandFinder();
        var refused = new List<string>();
        foreach (var (unit, known) in units.Zip(options))
        {
            if (finder.Find(unit, known, out var cause) is null)
            {
                refused.Add($"{string.Join(' ', unit.Command!.Words)}: {cause}");
            }
        }

        Assert.That(refused, Is.Empty);
    }

    private static IEnumerable<string> Lines() => File.ReadLines(s_list).Where(l => !l.StartsWith('#'));

    // A kernel's code model is refused with position-independent code, which Debian's GCC makes unless told.
    private static Unit UnitWith(TemporaryTree tree, string words)
    {
        var command = RecordedCommand.Of(["gcc", "-O2", "-fno-PIE", .. words.Split(' '), "-c", "-o", "unit.o", "unit.c"], tree.Path);
        return new Unit
        {
            Object = "unit.o",
            ObjectPath = tree["unit.o"],
            SourcePath = tree["unit.c"],
            WorkingDirectory = tree.Path,
            Command = command,
            Options = RecordedOptions.From(command, OptionOrigin.CompileCommands, isTrusted: false),
            Paths = new SourcePathMap([tree.Path]),
        };
    }
}
