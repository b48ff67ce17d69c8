using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>
/// Every place of a declaration in which something may stand, and each thing that may stand there: what the compiler takes is
/// understood, and defines the same as the declaration without it.
/// </summary>
internal sealed partial class DeclarationFamilyTests
{
    private const char Place = '@';

    private const string Types = "typedef int T; typedef unsigned char char8_t; struct s { int x; };\n";

    /// <summary>Declarations with their places, and what they define: <c>#</c> is the number of the case.</summary>
    private static readonly (string Text, string Defines)[] s_declarations =
    [
        ("@ extern @ int @ * @ g#@ (@ int @ *@ a@ )@ ;", ""),
        ("@ static @ int @ f#@ (@ int @ a @)@ { return a; }", "f static"),
        ("@ static inline @ struct s @ *@ const @ f#@(struct s @ *@ p)@ { return p; }", "f static"),
        ("@ int @ (@ *@ f#@ (@ int a))@(int)@ { return 0; }", "f"),
        ("@ unsigned @ long @ v#@ ;", "v"),
        ("@ static @ int @ v#@ = 3;", "v static"),
        ("@ const @ char @ *@ const @ v#@ [@ 3@ ]@ = { 0 };", "v"),
        ("@ int @ (@ *@ v#@ )@ (@ int @)@ = 0;", "v"),
        ("@ static int @ v#@ , @ * @ v2#@ = 0@ , @ v3#@ [2]@ ;", "v static,v2 static,v3 static"),
        ("@ struct @ t#@ { @ int @ a @ ; } @ v#@ ;", "v"),
        ("@ union @ { @ int @ a@ ; @ long @ b @ ; } @ *@ v# @ ;", "v"),
        ("@ enum @ e#@ { E#@ = 1 } @ v#@ = 1;", "v"),
        ("@ typedef @ int @ *@ T#@ ; @ T# @ v#@ ;", "v"),
        ("@ __typeof__(int) @ v#@ ;", "v"),
        ("@ extern @ T @ *@ g#@ (@ T @)@ __asm__(\"h#\") @ ;", ""),
        ("@ _Atomic @ int @ v#@ ;", "v"),
        ("@ _Alignas(8) @ T @ v#@ ;", "v"),
        ("@ T @ f#@ (void)@ { return 0; }", "f"),
        ("@ extern @ struct s @ *@ g#@ (@ void @ (@ *@ x)(int), ...)@ ;", ""),
    ];

    private static readonly string[] s_things =
    [
        "__attribute__((unused))", "__attribute__((no_instrument_function)) __attribute__((cold, section(\".x\")))", "[[gnu::unused]]",
        "[[gnu::aligned(16)]] [[]]", "__seg_gs", "const __seg_fs", "__seg_fs __attribute__((unused))", "__attribute__((unused)) __seg_gs",
        "__seg_gs __attribute__((aligned(8))) const", "__extension__", "_Thread_local", "volatile const",
    ];

    /// <summary>What only C23 has; a compiler that lacks some refuses those, and they are left out.</summary>
    private static readonly (string Text, string Defines)[] s_newDeclarations =
    [
        ("constexpr int v# = 3;", "v static"),
        ("constexpr auto v# = 3;", "v static"),
        ("static constexpr T v# = { };", "v static"),
        ("auto v# = 3;", "v"),
        ("static auto v# = 3L;", "v static"),
        ("static thread_local bool v# = true;", "v static"),
        ("thread_local T v#;", "v"),
        ("bool f#(void *p) { return p == nullptr; }", "f"),
        ("typeof(nullptr) v#;", "v"),
        ("typeof_unqual(const int) v# = { };", "v"),
        ("struct s v# = { };", "v"),
        ("int v#[3] = { };", "v"),
        ("alignas(16) static T v#;", "v static"),
        ("enum e# : unsigned char { E# } v# = E#;", "v"),
        ("enum e# : T;", ""),
        ("enum e# : unsigned long { E# } v#;", "v"),
        ("enum [[gnu::packed]] e# : typeof(int) { E# }; int v#;", "v"),
        ("_BitInt(17) f#(unsigned _BitInt(9) a) { return a; }", "f"),
        ("int f#(...) { return 0; }", "f"),
        ("static int f#(int, int) { return 0; }", "f static"),
        ("static_assert(true); int v# = 1'000;", "v"),
        ("[[nodiscard(\"} {\")]] static int f# [[gnu::noinline]] (int a [[maybe_unused]]) { label: }", "f static"),
        ("[[gnu::noinline, gnu::used]] static int f#(int a) { switch (a) { case 1: int b; } return 0; }", "f static"),
        ("_Noreturn void f#(void) { for (;;) { } } [[noreturn]] void f2#(void) { for (;;) { } }", "f,f2"),
        ("static int f#(int a) { struct t { int x; } y = { }; auto z = y.x; constexpr int w = 0b101; return a + z + w; }", "f static"),
        ("const char8_t *v# = u8\"}\";", "v"),
        ("_Decimal64 v# = 1.0dd;", "v"),
    ];

    [TestCase("gcc", 700)]
    public void Every_place_of_a_declaration(string compiler, int least)
    {
        var cases = new List<(string Text, string Defines)>();
        foreach (var (text, defines) in s_declarations)
        {
            var parts = text.Split(Place);
            for (var place = 1; place < parts.Length; place++)
            {
                foreach (var thing in s_things)
                {
                    cases.Add((string.Concat(parts[..place]) + $" {thing} " + string.Concat(parts[place..]), defines));
                }
            }
        }

        Check(compiler, cases, least);
    }

    [TestCase("gcc", 8)]
    public void What_C23_brings(string compiler, int least) => Check(compiler, [.. s_newDeclarations], least);

    /// <summary>Also where the installed compiler does not know it: GCC 16 takes all of these.</summary>
    [Test]
    public void What_C23_brings_is_understood_whatever_compiler_is_installed() => Understand([.. s_newDeclarations], [.. Enumerable.Range(0, s_newDeclarations.Length)]);

    private static void Check(string compiler, List<(string Text, string Defines)> cases, int least)
    {
        var refused = Refused(compiler, cases);
        var accepted = Enumerable.Range(0, cases.Count).Where(c => !refused.Contains(c)).ToList();
        Assert.That(accepted, Has.Count.GreaterThan(least));
        Understand(cases, accepted);
    }

    private static void Understand(List<(string Text, string Defines)> cases, List<int> accepted)
    {
        var text = Encoding.UTF8.GetBytes(Text(cases, accepted));
        var unit = SourceScanner.Scan(text);
        Assert.That(unit.Gaps.Select(g => cases[g.Line - 1].Text), Is.Empty);
        var found = unit.Definitions.Where(static d => d.File == "cases.c").ToLookup(static d => d.Line - 1, static d => d.Name + (d.IsStatic ? " static" : ""));
        using (Assert.EnterMultipleScope())
        {
            foreach (var index in accepted)
            {
                var number = index.ToString(CultureInfo.InvariantCulture);
                var expected = cases[index].Defines.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(d => d.Split(' ') is [var name, .. var rest] ? string.Join(' ', [$"{name}_{number}", .. rest]) : d);
                Assert.That(found[index], Is.EqualTo(expected), cases[index].Text);
            }
        }
    }

    /// <summary>One case on each line of its own number.</summary>
    private static string Text(List<(string Text, string Defines)> cases, List<int> chosen)
    {
        var text = new StringBuilder("# 1 \"types.h\"\n" + Types);
        foreach (var index in chosen)
        {
            var number = index.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"# {index + 1} \"cases.c\"\n{cases[index].Text.Replace("#", "_" + number, StringComparison.Ordinal)}\n");
        }

        return text.ToString();
    }

    /// <summary>The cases that the compiler refuses, each in a file of its own: behind an error it does not find its way again.</summary>
    private static HashSet<int> Refused(string compiler, List<(string Text, string Defines)> cases)
    {
        using var tree = new TemporaryTree("ipa-unit-");
        for (var i = 0; i < cases.Count; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            tree.Write($"{number}.i", Types + cases[i].Text.Replace("#", "_" + number, StringComparison.Ordinal) + "\n");
        }

        var files = Enumerable.Range(0, cases.Count).Select(static i => FormattableString.Invariant($"{i}.i"));
        var start = new ProcessStartInfo(Tools.Require(compiler), ["-std=gnu2x", "-w", "-fsyntax-only", .. files]) { WorkingDirectory = tree.Path, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return [.. ErrorLine().Matches(output).Select(static m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"^(\d+)\.i:.* error:", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
