using System.Diagnostics;
using System.Text;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.Tests.CommandLines.Options;

/// <summary>The table of GCC's options holds together, and holds what the installed compilers know.</summary>
internal sealed class OptionTableTests
{
    private static IEnumerable<string[]> Rows(string table)
    {
        using var reader = new StreamReader(typeof(OptionTable).Assembly.GetManifestResourceStream(table)!, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static l => l[0] != '#').Select(static l => l.Split('\t'))];
    }

    [TestCase("gcc-options.tsv", 2500)]
    [TestCase("gas-options.tsv", 50)]
    public void Rows_are_sorted_and_complete(string table, int atLeast)
    {
        var rows = Rows(table).ToArray();
        var names = rows.Select(static r => r[0]).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.GreaterThan(atLeast));
            Assert.That(rows.Where(static r => r.Length != 10), Is.Empty);
            Assert.That(names, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            Assert.That(names, Is.Unique);
            Assert.That(rows.Where(r => (r[3] == ".") != (r[8] != "=")).Select(static r => r[0]), Is.Empty, "an alias does what it stands for");
            Assert.That(rows.Select(static r => r[1]).Distinct(), Is.SubsetOf((string[])["alone", "joined", "joined-or-missing", "separate", "joined-or-separate"]));
        }
    }

    [Test]
    public void Every_option_is_judged_and_every_alias_has_its_target()
    {
        foreach (var table in (OptionTable[])[OptionTable.Gcc, OptionTable.Assembler])
        {
            Assert.That(table.Options.Where(static o => o.Effect == OptionEffect.Unknown), Is.Empty);
            Assert.That(table.Options.Where(static o => o.Target is { Target: not null }), Is.Empty);
            Assert.That(table.Options.Where(o => o.Shorter is { } shorter && !o.Name.StartsWith(shorter.Name, StringComparison.Ordinal)), Is.Empty);
        }

        Assert.That(Rows("gcc-options.tsv").Count(static r => r[3] != "."), Is.EqualTo(OptionTable.Gcc.Options.Count(static o => o.Target is not null)).And.GreaterThan(150));
    }

    [TestCase("-fplugin=x", OptionEffect.Loads)]
    [TestCase("-specs", OptionEffect.Loads)]
    [TestCase("-wrapper", OptionEffect.Loads)]
    [TestCase("-Bx", OptionEffect.Loads)]
    [TestCase("-time=x", OptionEffect.Writes)]
    [TestCase("-time", OptionEffect.Messages)]
    [TestCase("-fdump-tree-all=x", OptionEffect.Writes)]
    [TestCase("-fdump-go-spec=x", OptionEffect.Writes)]
    [TestCase("-dp", OptionEffect.Writes)]
    [TestCase("-dumpbase", OptionEffect.Output)]
    [TestCase("-O3", OptionEffect.Code)]
    [TestCase("-Ofast", OptionEffect.Code)]
    [TestCase("-gdwarf-4", OptionEffect.Code)]
    [TestCase("-gsplit-dwarf", OptionEffect.Writes)]
    [TestCase("-std=gnu17", OptionEffect.Text)]
    [TestCase("-Wframe-larger-than=2048", OptionEffect.Warning)]
    [TestCase("-Wl,-T,x", OptionEffect.Link)]
    [TestCase("-fprofile-use=x", OptionEffect.Profile)]
    [TestCase("--param=inline-unit-growth=3", OptionEffect.Code)]
    public void The_longest_name_wins(string word, OptionEffect effect) => Assert.That(OptionTable.Gcc.Find(word, isDriver: true)?.Effect, Is.EqualTo(effect));

    [TestCase("gcc-11")]
    [TestCase("gcc-12")]
    public void Every_option_that_a_compiler_lists_is_there(string compiler)
    {
        Tools.Require(compiler);
        var count = 0;
        foreach (var kind in (string[])["common", "c", "target", "params", "common,optimizers", "c,optimizers", "common,undocumented", "c,undocumented", "target,undocumented"])
        {
            foreach (var line in Help(compiler, kind))
            {
                // "  -falign-functions=<number|file>   …", "-mabi= [text]" and the like.
                var name = line.TrimStart().Split(' ', '\t', '<', '[')[0].TrimEnd('.');
                var found = OptionSpeller.Find(name, null, isDriver: false);
                Assert.That(found.Option, Is.Not.Null, $"{compiler} --help={kind}: {name}");
                count++;
            }
        }

        Assert.That(count, Is.GreaterThan(1000));
    }

    private static IEnumerable<string> Help(string compiler, string kind)
    {
        using var process = Process.Start(new ProcessStartInfo(compiler, ["--help=" + kind]) { RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n').Where(static l => l.StartsWith("  -", StringComparison.Ordinal));
    }
}
