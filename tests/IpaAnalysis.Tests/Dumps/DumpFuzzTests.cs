using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;

namespace IpaAnalysis.Tests.Dumps;

/// <summary>Damaged dumps never make a reader fail, and what is whole around the damage is still read.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DumpFuzzTests
{
    private static readonly string[] Inserts =
    [
        "", "", "\n", ";", "\"", "\" }", "\\n", ":1:2", ";1;", "\r\n", "\0", "\xff", "Callgraph clone;", "\nCallgraph removal;f;1;a.c;2;3\n", "edge: { sourcename: \"",
        "Unified; Wrapper has been created.\n", "optimized: Semantic equality hit:", "99999999999", "}\n", "*", "-",
    ];

    [TestCase("kinds.c.000i.ipa-clones", 400)]
    [TestCase("small.c.000i.ipa-clones", 400)]
    [TestCase("generated.c.000i.ipa-clones", 20)]
    public void Clone_dumps(string name, int rounds) =>
        ForEachDamage(name, rounds, DumpRows.Clones, static r => (r.Line, r.Line), static (r, _) => r with { Line = 0 });

    [TestCase("kinds.ci", 300)]
    [TestCase("small.ci", 300)]
    [TestCase("generated.ci", 20)]
    public void Call_graphs(string name, int rounds) =>
        ForEachDamage(name, rounds, DumpRows.Graph, static r => (r.Line, r.Kind == CallGraphRecordKind.Alias ? r.Line + 1 : r.Line), static (r, first) =>
            first == 1 ? new GraphRow(r.Kind, "", "", "", false, false, null, 0) : r with { Line = 0 });

    [Test]
    public void Folding_records()
    {
        var random = new Random(11);
        foreach (var file in DumpFixtures.Files("kinds.c.*.icf"))
        {
            var text = File.ReadAllBytes(file);
            var rows = DumpRows.Foldings(text, []);
            for (var i = 0; i < 300; i++)
            {
                var length = random.Next(text.Length);
                var cut = DumpRows.Foldings(text.AsSpan(0, length), []);
                Assert.That(cut, Is.EqualTo(rows.Take(cut.Count)));
                DumpRows.Foldings(Damage(text, random, out _, out _), []);
            }
        }
    }

    private delegate List<T> ReadAll<T>(ReadOnlySpan<byte> text, DiagnosticBag diagnostics);

    private static void ForEachDamage<T>(string name, int rounds, ReadAll<T> read, Func<T, (int First, int Last)> lines, Func<T, int, T> withoutLine)
    {
        var random = new Random(7);
        foreach (var file in DumpFixtures.Files(name))
        {
            var text = File.ReadAllBytes(file);
            var rows = read(text, []);
            for (var i = 0; i < rounds; i++)
            {
                var diagnostics = new DiagnosticBag();
                var damaged = read(Damage(text, random, out var first, out var last), diagnostics);
                var before = rows.TakeWhile(r => lines(r).Last < first).ToList();
                var after = rows.SkipWhile(r => lines(r).First <= last).Select(r => withoutLine(r, first)).ToList();

                Assert.That(damaged.Take(before.Count), Is.EqualTo(before), $"round {i}");
                Assert.That(damaged.Skip(damaged.Count - after.Count).Select(r => withoutLine(r, first)), Is.EqualTo(after), $"round {i}");
                Assert.That(diagnostics, Has.Count.LessThanOrEqualTo(21));
            }
        }
    }

    /// <summary>Replaces a stretch of the text, or cuts its end off; tells the lines concerned.</summary>
    private static byte[] Damage(byte[] text, Random random, out int first, out int last)
    {
        var start = random.Next(text.Length);
        var length = random.Next(5) == 0 ? text.Length - start : random.Next(Math.Min(200, text.Length - start));
        var insert = Encoding.Latin1.GetBytes(random.Next(4) == 0
            ? Encoding.Latin1.GetString(text, random.Next(text.Length / 2), random.Next(300))
            : Inserts[random.Next(Inserts.Length)]);
        first = 1 + text.AsSpan(0, start).Count((byte)'\n');
        last = 1 + text.AsSpan(0, start + length).Count((byte)'\n');
        return [.. text[..start], .. insert, .. text[(start + length)..]];
    }
}
