using System.Text;
using FsCheck.Fluent;
using IpaAnalysis.Recompile.Source;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>Any bytes are read, in linear time, and no definition disappears without a word.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SourceFuzzTests
{
    private const int Large = 1 << 19;

    private static readonly string[] Pieces =
    [
        "(", ")", "{", "}", "[", "]", "[[", "]]", ";", ",", "=", "*", "\"", "'", "\\", "\n", "\r", "# 1 \"", "#pragma weak a = b\n", "/*", "*/", "//", "R\"x(", "static ", "extern ",
        "typedef ", "struct ", "enum e : ", "int f", "asm(", "__attribute__((", "__attribute__", "typeof(", "_Atomic", "_Pragma(\"", "inline ", "\xff", "\0", "->", "...", "<%", ":", "\\u0041", "99999999999",
    ];

    private static IEnumerable<TestCaseData> HostileTexts()
    {
        foreach (var piece in Pieces)
        {
            yield return Case(piece, Repeat(piece));
            yield return Case("int f(a) int a; { " + piece, "int f(a) int a; { " + Repeat(piece));
            yield return Case("int " + piece, Repeat("int " + piece));
        }

        foreach (var pattern in (string[])["int f(a) int x; ", "int f(a,b,c) int x; int y; ", "int f(int a) { ", "int x = ({ ", "a b ", "int (", "int *", "f(", "int f(void) {} ", "static int a;",
            "typedef int T; T T; ", "a:", "struct { int a; ", "int f(a) struct s { } x, ", "__attribute__((alias(\"x\"))) int a; ", "#pragma weak a = b\nint a;\n", "R\"y(", "int f(void) { extern int g; "])
        {
            yield return Case(pattern, Repeat(pattern));
        }

        yield return Case("many parameters", "int f(" + Repeat("a,") + "a)" + Repeat("int a;") + "{}");
        yield return Case("distinct names", string.Concat(Enumerable.Range(0, Large / 16).Select(i => $"static int v{i};\nint f{i}() {{ }}")));
        yield return Case("one line of definitions", Repeat("int f(){}"));

        static TestCaseData Case(string name, string text) => new TestCaseData(text).SetArgDisplayNames(name.Replace("\0", "NUL", StringComparison.Ordinal).Replace("\xff", "FF", StringComparison.Ordinal));
    }

    private static string Repeat(string piece) => new StringBuilder().Insert(0, piece, Large / piece.Length).ToString();

    [TestCaseSource(nameof(HostileTexts))]
    [CancelAfter(60_000)]
    public void Hostile_text_is_read_in_linear_time(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        Check(bytes, SourceScanner.Scan(bytes));
    }

    [Test]
    public void Truncated_text()
    {
        var text = Encoding.UTF8.GetBytes(UserProgram.Text[UserProgram.Text.IndexOf("typedef", StringComparison.Ordinal)..].Replace("#define", "#pragma", StringComparison.Ordinal));
        var whole = SourceScanner.Scan(text);
        for (var length = 0; length <= text.Length; length++)
        {
            var unit = SourceScanner.Scan(text.AsMemory(0, length));
            Check(text.AsSpan(0, length), unit);

            // What ends before the cut is found; a later declaration may still change what is said of it.
            var expected = whole.Definitions.Where(d => d is { AliasOf: null, Enclosing: null, Kind: DefinitionKind.Function } && d.BodyEnd <= length).Select(d => (d.Name, d.NameOffset, d.BodyEnd));
            var found = unit.Definitions.Where(d => d is { AliasOf: null, Enclosing: null, Kind: DefinitionKind.Function }).Select(d => (d.Name, d.NameOffset, d.BodyEnd));
            Assert.That(found, Is.EqualTo(expected), $"{length}");
        }
    }

    [Test]
    public void Damaged_text()
    {
        var text = Encoding.UTF8.GetBytes(UserProgram.Text);
        var random = new Random(5);
        for (var round = 0; round < 3000; round++)
        {
            var start = random.Next(text.Length);
            var length = random.Next(Math.Min(random.Next(4) == 0 ? 400 : 3, text.Length - start));
            byte[] damaged = [.. text[..start], .. Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]), .. text[(start + length)..]];
            Check(damaged, SourceScanner.Scan(damaged));
        }
    }

    [Test]
    public void Random_pieces() => PropertyCheck.Holds(3000, Lists.OfPieces(Pieces, 59), Lists.Shorter, pieces =>
    {
        var text = Encoding.Latin1.GetBytes(string.Concat(pieces));
        Check(text, SourceScanner.Scan(text));
    });

    [Test]
    public void Insertions_keep_the_text()
    {
        var text = Encoding.UTF8.GetBytes(UserProgram.Text);
        PropertyCheck.Holds(100, Lists.Of(Gen.Choose(0, text.Length), 19), Lists.Shorter, places =>
        {
            var insertions = places.Select((place, i) => new SourceInsertion(place, $"<é{i}>")).ToList();
            var result = Encoding.UTF8.GetString(SourceEdit.Insert(text, insertions));
            Assert.That(System.Text.RegularExpressions.Regex.Matches(result, "<é\\d+>"), Has.Count.EqualTo(insertions.Count));
            Assert.That(System.Text.RegularExpressions.Regex.Replace(result, "<é\\d+>", ""), Is.EqualTo(UserProgram.Text));
        });

        Assert.That(Encoding.UTF8.GetString(SourceEdit.Insert("abc"u8.ToArray(), [new(3, "3"), new(1, "x"), new(0, "0"), new(1, "y")])), Is.EqualTo("0axybc3"));
        Assert.That(() => SourceEdit.Insert("abc"u8.ToArray(), [new(4, "")]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SourceEdit.Insert("abc"u8.ToArray(), [new(-1, "")]), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static void Check(ReadOnlySpan<byte> text, SourceUnit unit)
    {
        var last = -1;
        foreach (var definition in unit.Definitions)
        {
            Assert.That(definition.NameOffset, Is.GreaterThan(last));
            last = definition.NameOffset;
            if (definition.BodyStart < 0 || definition.BodyEnd < definition.BodyStart || definition.BodyEnd > text.Length || definition.AttributeOffset < 0
                || definition.AttributeOffset > text.Length || definition.Column < 1
                || (definition is { Kind: DefinitionKind.Function, AliasOf: null, Resolver: null } && text[definition.BodyStart] is not ((byte)'{' or (byte)'<')))
            {
                Assert.Fail(definition.ToString());
            }
        }

        foreach (var gap in unit.Gaps)
        {
            Assert.That(gap.Start, Is.InRange(0, gap.End));
            Assert.That(gap.End, Is.LessThanOrEqualTo(text.Length));
        }

        if (unit.Definitions.Length > 0)
        {
            unit.Mentions(unit.Definitions[^1]);
            unit.Attribute(unit.Definitions[0], "__noipa__");
        }
    }
}
