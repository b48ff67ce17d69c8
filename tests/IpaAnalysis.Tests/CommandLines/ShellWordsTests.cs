using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Tests.CommandLines;

internal sealed class ShellWordsTests
{
    [TestCase("gcc -c  a.c\t-o a.o", "gcc|-c|a.c|-o|a.o")]
    [TestCase("""-DN='"one"' x""", """-DN="one"|x""")]
    [TestCase("""a"b c"d'e f'g""", "ab cde fg")]
    [TestCase("""a\ b \"c\' d\\""", """a b|"c'|d\""")]
    [TestCase("""
        "a\"b\$c\`d\\e\f"
        """, """a"b$c`d\e\f""")]
    [TestCase("'' \"\" x", "||x")]
    [TestCase("-DX=# # a comment", "-DX=#")]
    [TestCase("a\\\nb", "ab")]
    [TestCase("echo $(rm -rf /; true) ${X} `id; id` $Y *", "echo|$(rm|-rf|/;|true)|${X}|`id;|id`|$Y|*")]
    [TestCase("x 2>err >out <in 2>&1 '>' y", "x|>|y")]
    [TestCase("x2>f", "x2")]
    [TestCase("a '2'>f b", "a|2|b")]
    [TestCase("é日 \U0001F600", "é日|\U0001F600")]
    [TestCase("a\\", "a\\")]
    public void One_command_is_split_into_words(string text, string words)
    {
        Assert.That(ShellWords.TrySplit(text, out var commands), Is.True);
        Assert.That(string.Join('|', commands.Single()).Replace(' ', '|'), Is.EqualTo(words.Replace(' ', '|')));
    }

    [Test]
    public void Blanks_in_quotes_and_substitutions_stay_in_their_word()
    {
        ShellWords.TrySplit("""a 'b c' "d e" f\ g $(h i) ${j k} `l m`""", out var commands);
        Assert.That(commands.Single(), Is.EqualTo(["a", "b c", "d e", "f g", "$(h i)", "${j k}", "`l m`"]));
    }

    [TestCase("a;b", 2)]
    [TestCase("a && b || c | d & e", 5)]
    [TestCase("a\nb", 2)]
    [TestCase("(a; b)", 2)]
    [TestCase(" ; ;; a ;", 1)]
    [TestCase("", 0)]
    [TestCase("# only a comment\na", 1)]
    [TestCase("a ';' \"&&\" \\| b", 1)]
    [TestCase("a >out; b", 2)]
    [TestCase("a >; b", 2)]
    public void Operators_separate_commands(string text, int count)
    {
        ShellWords.TrySplit(text, out var commands);
        Assert.That(commands, Has.Length.EqualTo(count));
    }

    [TestCase("a 'b")]
    [TestCase("a \"b")]
    [TestCase("a \"b\\\"")]
    [TestCase("a $(b")]
    [TestCase("a ${b")]
    [TestCase("a `b")]
    public void What_is_not_closed_is_said(string text)
    {
        Assert.That(ShellWords.TrySplit(text, out var commands), Is.False);
        Assert.That(commands.Single()[0], Is.EqualTo("a"));
    }

    [TestCase("a$$b$$$$c", "a$b$$c")]
    [TestCase(@"a\#b", "a#b")]
    [TestCase(@"a\\\#b", @"a\#b")]
    [TestCase(@"a\\#b", @"a\")]
    [TestCase(@"a\\b\n", @"a\\b\n")]
    [TestCase("a # comment", "a ")]
    [TestCase("-DX=$(pound)1", "-DX=#1")]
    [TestCase("$(X) $X $$(Y)", "$(X) $X $(Y)")]
    [TestCase(@"a\", @"a\")]
    [TestCase(@"'sed s/ko$$/o/' \\\\", @"'sed s/ko$/o/' \\\\")]
    public void Make_level_comes_off_first(string text, string expected) =>
        Assert.That(ShellWords.UnescapeMake(text), Is.EqualTo(expected));

    [Test]
    public void Words_are_those_that_the_shell_gives()
    {
        var shell = Tools.Require("sh");
        const string Text = """printf '%s\n' a'b  c'"d\"e \$x"\ f '' "#g" h#i '"j"' "k'l" \\m "n\o" """;
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(shell, ["-c", Text]) { RedirectStandardOutput = true })!;
        var expected = process.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
        ShellWords.TrySplit(Text, out var commands);
        Assert.That(commands.Single().Skip(2), Is.EqualTo(expected));
    }
}
