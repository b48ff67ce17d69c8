using IpaAnalysis.Compilers.Options;

namespace IpaAnalysis.Tests.Compilers.Options;

[TestFixture]
internal sealed class OptimizerTableTests
{
    [TestCase("  -fipa-ra                    \t\t[enabled]", "-fipa-ra", OptionSetting.Enabled, "")]
    [TestCase("  -finline-functions-called-once \t[enabled]", "-finline-functions-called-once", OptionSetting.Enabled, "")]
    [TestCase("  -fipa-pta                   \t\t[disabled]", "-fipa-pta", OptionSetting.Disabled, "")]
    [TestCase("  -fipa-cp-alignment          \t\t[ignored]", "-fipa-cp-alignment", OptionSetting.Ignored, "")]
    [TestCase("  -ffold-simple-inlines       \t\t[available in C++, ObjC++]", "-ffold-simple-inlines", OptionSetting.Unavailable, "")]
    [TestCase("  -flive-patching             \t\t-flive-patching=inline-clone", "-flive-patching", OptionSetting.Value, "-flive-patching=inline-clone")]
    [TestCase("  -flive-patching=[inline-only-static|inline-clone] \t[default]", "-flive-patching=", OptionSetting.Default, "")]
    [TestCase("  -flive-patching=[inline-only-static|inline-clone] \tinline-clone", "-flive-patching=", OptionSetting.Value, "inline-clone")]
    [TestCase("  -falign-jumps=              \t\t16:11:8", "-falign-jumps=", OptionSetting.Value, "16:11:8")]
    [TestCase("  -O<number>                  \t\t", "-O", OptionSetting.Value, "")]
    [TestCase("  -o <file>                   \t\t/dev/null", "-o", OptionSetting.Value, "/dev/null")]
    [TestCase("  -fcompare-debug[=<opts>]    \t\t-gtoggle", "-fcompare-debug", OptionSetting.Value, "-gtoggle")]
    [TestCase("  -flto-compression-level=<number>\tUse z \t-1", "-flto-compression-level=", OptionSetting.Value, "-1")]
    [TestCase("  -fipa-ra [enabled]\r", "-fipa-ra", OptionSetting.Enabled, "")]
    [TestCase("  -fipa-ra", "-fipa-ra", OptionSetting.Value, "")]
    public void A_row_is_read(string line, string option, OptionSetting setting, string value)
    {
        Assert.That(OptimizerTableParser.TryParse(line, out var row), Is.True);
        Assert.That(row, Is.EqualTo(new OptimizerRow(option, setting, value)));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("  -")]
    [TestCase("The following options control optimizations:")]
    [TestCase("cc1: error: '-fipa-ra' is incompatible with '-flive-patching=inline-only-static|inline-clone'")]
    [TestCase("-fipa-ra [enabled]")]
    [TestCase("    more of a description")]
    public void What_is_no_row_is_left_out(string line) => Assert.That(OptimizerTableParser.TryParse(line, out _), Is.False);

    [Test]
    public void A_real_table_of_gcc_12_is_read_whole()
    {
        var table = Fixture("gcc-12-O2.txt");
        Assert.Multiple(() =>
        {
            Assert.That(table.Count, Is.EqualTo(644), "distinct options");
            Assert.That(table.IsEnabled("-fipa-ra"), Is.True);
            Assert.That(table.IsEnabled("-fipa-pta"), Is.False);
            Assert.That(table.HasSwitch("-fipa-pta"), Is.True);
            Assert.That(table.HasSwitch("-fipa-strict-aliasing"), Is.True);
            Assert.That(table.HasSwitch("-fipa-cp-alignment"), Is.False, "ignored");
            Assert.That(table.Find("-fwhole-program")?.Setting, Is.EqualTo(OptionSetting.Disabled), "the second table");
            Assert.That(table.Find("-flive-patching=")?.Setting, Is.EqualTo(OptionSetting.Default), "not the alias");
            Assert.That(table.Find("-fipa-reorder-for-locality"), Is.Null, "GCC 15");
        });
    }

    [Test]
    public void A_real_table_of_gcc_11_shows_the_level_of_live_patching()
    {
        var table = Fixture("gcc-11-O2-live-patching.txt");
        Assert.Multiple(() =>
        {
            Assert.That(table.Count, Is.EqualTo(622), "distinct options");
            Assert.That(table.Find("-flive-patching=")?.Value, Is.EqualTo("inline-clone"));
            Assert.That(table.IsEnabled("-fipa-ra"), Is.False);
            Assert.That(table.IsEnabled("-fipa-cp"), Is.True);
            Assert.That(table.Find("-fipa-strict-aliasing"), Is.Null, "GCC 12");
            Assert.That(table.Rows.Select(r => r.Option), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        });
    }

    [Test]
    public void Damaged_tables_never_throw_and_only_lose_rows()
    {
        var lines = File.ReadAllLines(PathOf("gcc-12-O2.txt"));
        var text = string.Join('\n', lines);
        var random = new Random(20_261_124);
        var options = Fixture("gcc-12-O2.txt").Count;
        for (var i = 0; i < 400; i++)
        {
            var damaged = text.ToCharArray();
            for (var hits = random.Next(1, 60); hits > 0; hits--)
            {
                damaged[random.Next(damaged.Length)] = " \t\n\0-[]<=é\uD800"[random.Next(11)];
            }

            var table = OptimizerTable.Parse(new string(damaged, 0, random.Next(damaged.Length)).Split('\n'));
            Assert.That(table.Count, Is.LessThanOrEqualTo(options + 60));
            foreach (var row in table.Rows)
            {
                Assert.That(row.Option, Does.StartWith("-").And.Not.Contain(" ").And.Not.Contain("\t"));
                Assert.That(row.Setting == OptionSetting.Value || row.Value.Length == 0);
            }
        }
    }

    private static OptimizerTable Fixture(string name) => OptimizerTable.Parse(File.ReadLines(PathOf(name)));

    private static string PathOf(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures/Options", name);
}
