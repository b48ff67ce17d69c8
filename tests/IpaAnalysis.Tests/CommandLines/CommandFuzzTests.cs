using System.Text;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.CommandLines;

/// <summary>Nothing that a tree may hold makes a reader throw, and what it cannot read it reports.</summary>
internal sealed class CommandFuzzTests
{
    private static readonly string[] Pieces =
    [
        "cmd_", "savedcmd_", "a.o", " := ", "gcc", " ", "-c", "-o", "'", "\"", "\\", "$", "$$", "$(", "${", ")", "}", "`", ";", "&&", "|", "\n", "#", "\\#",
        ">", "<", "2>&1", "-D__KERNEL__", "-fdump-ipa-clones=", "-x", "-", "@f", "../", "/", "\0", "é", "\uD83D", "\uFFFD", "cd", "{", "[", "]", ",", ":",
        "\"directory\"", "\"file\"", "\"command\"", "\"arguments\"", "\"/b\"", "\\u0000", "\\ud800", "1",
    ];

    [Test]
    public void Random_text_is_read_or_reported()
    {
        PropertyCheck.Holds(10_000, Lists.OfPieces(Pieces, 23), Lists.Shorter, pieces =>
        {
            Check(string.Concat(pieces), isPrefixed: true);
            Check(string.Concat(pieces), isPrefixed: false);
        });

        static void Check(string text, bool isPrefixed)
        {
            var closed = ShellWords.TrySplit(text, out var commands);
            Assert.That(commands.All(c => c.Length > 0), Is.True, text);
            Assert.That(ShellWords.UnescapeMake(text), Has.Length.LessThanOrEqualTo(text.Length));
            if (!closed)
            {
                Assert.That(text.AsSpan().IndexOfAny("'\"`$"), Is.GreaterThanOrEqualTo(0), text);
            }

            var bag = new DiagnosticBag();
            var command = KbuildCommandReader.Parse(Encoding.UTF8.GetBytes((isPrefixed ? "cmd_a.o := " : "") + text), "/t/.a.o.cmd", bag);
            Assert.That(bag, Has.Count.EqualTo(command is null ? 1 : 0), text);

            bag = [];
            var bytes = Encoding.UTF8.GetBytes((isPrefixed ? "[{" : "") + text);
            var entries = CompileCommandsReader.Read(new MemoryStream(bytes), "/b/c.json", bag);
            Assert.That(entries.Length + bag.Count, Is.Positive.Or.EqualTo(text.Trim() is "[]" ? 0 : -1), text);
        }
    }

    [Test]
    public void Quoting_and_splitting_are_inverse()
    {
        var lists = Lists.Of(Lists.OfPieces(Pieces, 5), most: 5, least: 1);
        PropertyCheck.Holds(5_000, lists, list => Lists.ShorterOrSmaller(list).Where(l => l.Length > 0), list =>
        {
            string[] words = [.. list.Select(word => string.Concat(word))];

            // kbuild writes its commands so (escsq and make-cmd in scripts/Kbuild.include), apart from newlines.
            var shell = string.Join(' ', words.Select(w => $"'{w.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
            var make = shell.Replace("$", "$$", StringComparison.Ordinal).Replace("#", "$(pound)", StringComparison.Ordinal);
            Assert.That(ShellWords.UnescapeMake(make), Is.EqualTo(shell));
            Assert.That(ShellWords.TrySplit(shell, out var commands), Is.True);
            Assert.That(commands.Single(), Is.EqualTo(words));
        });
    }

    [Test]
    public void Damaged_records_are_read_or_reported()
    {
        var random = new Random(11);
        var record = Encoding.UTF8.GetBytes("""cmd_d/a.o := gcc -D__KERNEL__ -DN='"a b"' -fdump-ipa-clones -c -o d/a.o "/s/a.c" ; objtool d/a.o""");
        var database = Encoding.UTF8.GetBytes("""[{"directory":"/b","file":"a.c","command":"gcc -c a.c"},{"directory":"/b","file":"b.c","arguments":["gcc","-c","b.c"]}]""");
        for (var i = 0; i < 20_000; i++)
        {
            var bag = new DiagnosticBag();
            Assert.That(KbuildCommandReader.Parse(Damage(record, random), "/t/d/.a.o.cmd", bag) is null, Is.EqualTo(bag.Count == 1));
            bag = [];
            var entries = CompileCommandsReader.Read(new MemoryStream(Damage(database, random)), "/b/c.json", bag);
            Assert.That(entries.Length == 2 || bag.Count > 0, Is.True);
        }
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToArray();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)];
    }
}
