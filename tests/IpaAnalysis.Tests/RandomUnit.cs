using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests;

/// <summary>
/// An object with everything that a compiler may do to a dozen functions. Functions are numbers that count round: whatever is
/// taken away from the lists, the rest is an object too.
/// </summary>
/// <param name="Functions">How many functions the source has.</param>
/// <param name="HasCallGraph">Whether it has a call graph.</param>
/// <param name="HasSymbolTable">Whether it has a symbol table.</param>
/// <param name="Clones">The copies, which count as functions for all that follows.</param>
/// <param name="Inlined">Which functions were inlined into which, and how often.</param>
/// <param name="Code">Which functions have code: a list as long as there are such.</param>
/// <param name="Calls">The calls that are left.</param>
/// <param name="Shared">Bodies that two functions share.</param>
internal sealed record RandomUnit(
    int Functions,
    bool HasCallGraph,
    bool HasSymbolTable,
    RandomUnit.Copy[] Clones,
    (int From, int Into, int Times)[] Inlined,
    (int Function, bool IsLocal, bool HasColdPart)[] Code,
    (int Caller, int Callee, RandomUnit.Target Kind)[] Calls,
    RandomUnit.Sharing[] Shared)
{
    private static readonly string[] s_outcomes = ["Function alias has been created.", "Function body was removed.", "Wrapper has been created."];

    /// <summary>Makes such objects.</summary>
    public static Gen<RandomUnit> All { get; } =
        from functions in Gen.Choose(2, 13)
        from hasCalls in Gen.Choose(0, 7)
        from hasSymbols in Gen.Choose(0, 5)
        let number = Gen.Choose(0, 63)
        let often = Gen.Choose(0, 8)
        from clones in Lists.Of(
            from origin in number
            from kind in Gen.Elements("constprop", "isra", "part", "(null)", "avx2", "")
            from version in Gen.Choose(0, 2)
            from isDumped in Gen.Choose(0, 4)
            select new Copy(origin, kind, version, isDumped != 0),
            2 * functions)
        from inlined in Lists.Of(from a in number from b in number from times in Gen.Choose(1, 2) select (a, b, times), 4 * functions)
        from code in Lists.Of(from f in number from isLocal in Gen.Elements(true, false) from cold in Gen.Choose(0, 5) select (f, isLocal, cold == 0), 4 * functions, functions)
        from calls in Lists.Of(
            from a in number
            from b in number
            from kind in often
            select (a, b, kind switch { 0 => Target.External, 1 => Target.LocalAlias, _ => Target.Function }),
            5 * functions)
        from shared in Lists.Of(
            from kept in number
            from other in number
            from isNew in Gen.Elements(true, false)
            from outcome in Gen.Choose(0, 3)
            from hasSymbol in Gen.Elements(true, false)
            from isLocal in Gen.Elements(true, false)
            select new Sharing(kept, other, isNew, outcome, hasSymbol, isLocal),
            functions / 2)
        select new RandomUnit(functions, hasCalls != 0, hasSymbols != 0, clones, inlined, code, calls, shared);

    /// <summary>The object of a number: another one for each.</summary>
    /// <param name="seed">The number.</param>
    /// <param name="name">The object's name.</param>
    public static UnitText Of(int seed, string name = "unit.o") => PropertyCheck.Sample(All, (ulong)seed).ToText(name);

    /// <summary>Objects with less in them.</summary>
    public static IEnumerable<RandomUnit> Smaller(RandomUnit unit) =>
    [
        .. unit.WithoutRounds() is { } plain ? [plain] : (RandomUnit[])[],
        .. Lists.Shorter(unit.Shared).Select(s => unit with { Shared = s }),
        .. Lists.Shorter(unit.Calls).Select(c => unit with { Calls = c }),
        .. Lists.Shorter(unit.Inlined).Select(i => unit with { Inlined = i }),
        .. Lists.Shorter(unit.Clones).Select(unit.With),
        .. Lists.Shorter(unit.Code).Select(c => unit with { Code = c }),
        .. unit.Functions > 2 ? [unit with { Functions = unit.Functions - 1 }] : (RandomUnit[])[],
    ];

    /// <summary>Its files.</summary>
    /// <param name="name">The object's name.</param>
    public UnitText ToText(string name = "unit.o")
    {
        var text = new UnitText(name) { HasCallGraph = HasCallGraph, HasSymbolTable = HasSymbolTable };
        var bodies = Bodies(text);
        foreach (var (from, into, times) in Inlined)
        {
            text.Inline(Body(from), Body(into), times);
        }

        var emitted = new List<string>();
        foreach (var (function, isLocal, hasColdPart) in Code.DistinctBy(c => Body(c.Function)))
        {
            var symbol = Body(function);
            emitted.Add(symbol);
            _ = isLocal ? text.Static(symbol) : text.Global(symbol);
            if (hasColdPart)
            {
                text.Symbol($"{symbol}.cold", isLocal: true);
            }
        }

        foreach (var (caller, callee, kind) in Calls)
        {
            text.Call(Body(caller), kind switch
            {
                Target.External => "external",
                Target.LocalAlias when emitted.Count > 0 => $"{emitted[0]}.localalias",
                _ => Body(callee),
            });
        }

        Share(text, bodies, emitted);
        return text;

        string Body(int number) => bodies[number % bodies.Count];
    }

    /// <summary>Its files, to read what fails.</summary>
    public override string ToString()
    {
        var text = ToText();
        var symbols = Code.Select(c => $"{c.Function}{(c.IsLocal ? " local" : "")}{(c.HasColdPart ? " cold" : "")}");
        return string.Join(
            '\n',
            ["", $"calls: {HasCallGraph}, symbols: {HasSymbolTable}", .. Bodies(null).Select((b, i) => $"{i} {b}"), $"code: {string.Join(", ", symbols)}",
                .. ((byte[][])[text.Dump, text.CallGraph, text.FoldingRecord]).Select(Encoding.UTF8.GetString)]);
    }

    /// <summary>The functions and the clones, which the dump tells of.</summary>
    private List<string> Bodies(UnitText? text)
    {
        List<string> bodies = [.. Enumerable.Range(0, Functions).Select(i => $"f{i}")];
        foreach (var (origin, kind, version, isDumped) in Clones)
        {
            // Most clones are of what the source has, some of clones.
            var number = origin % (2 * Functions);
            var symbol = bodies[number < bodies.Count ? number : number - Functions];
            var isNamed = kind is not ("(null)" or "");
            var clone = isNamed ? $"{symbol}.{kind}.{version}" : $"{symbol}_copy{version}";
            if (!bodies.Contains(clone))
            {
                bodies.Add(clone);
                if (isDumped || !isNamed || kind == "avx2")
                {
                    text?.Clone(symbol, clone, kind);
                }
            }
        }

        return bodies;
    }

    /// <summary>The same object with no number that counts round, so that what is taken away moves little else; null for itself.</summary>
    private RandomUnit? WithoutRounds()
    {
        var count = Bodies(null).Count;
        var numbers = Inlined.SelectMany(i => (int[])[i.From, i.Into]).Concat(Code.Select(c => c.Function)).Concat(Calls.SelectMany(c => (int[])[c.Caller, c.Callee]));
        return numbers.All(n => n < count) ? null : Renumbered(n => n % count);
    }

    /// <summary>The object with fewer clones: what is said of the others stays theirs.</summary>
    private RandomUnit With(Copy[] clones)
    {
        var before = Bodies(null);
        var after = (this with { Clones = clones }).Bodies(null);
        return Renumbered(n => Math.Max(0, after.IndexOf(before[n % before.Count]))) with { Clones = clones };
    }

    private RandomUnit Renumbered(Func<int, int> number) => this with
    {
        Inlined = [.. Inlined.Select(i => (number(i.From), number(i.Into), i.Times))],
        Code = [.. Code.Select(c => c with { Function = number(c.Function) })],
        Calls = [.. Calls.Select(c => c with { Caller = number(c.Caller), Callee = number(c.Callee) })],
    };

    /// <summary>Each body is shared at most once, so that the pass of a pair is never in doubt.</summary>
    private void Share(UnitText text, List<string> bodies, List<string> emitted)
    {
        foreach (var (number, otherNumber, isNew, outcome, hasSymbol, isLocal) in emitted.Count == 0 ? [] : Shared.DistinctBy(s => s.Kept % emitted.Count))
        {
            var kept = emitted[number % emitted.Count];
            var fresh = $"other_{kept.Replace('.', '_')}";
            string[] without = [.. bodies.Except(emitted)];
            var other = isNew || without.Length == 0 ? fresh : without[otherNumber % without.Length];
            bodies.Remove(other);
            if (outcome != 3)
            {
                text.Fold(kept, other, s_outcomes[outcome]);
            }

            if (outcome == 2)
            {
                text.Symbol(other, isLocal: false);
            }
            else if (outcome == 3 || hasSymbol)
            {
                text.Symbol(other, isLocal, at: kept);
            }
        }
    }

    /// <summary>What a call goes to.</summary>
    internal enum Target
    {
        /// <summary>A function of the object.</summary>
        Function,

        /// <summary>A function of another object.</summary>
        External,

        /// <summary>The alias that the compiler makes of a function of the object.</summary>
        LocalAlias,
    }

    /// <summary>A copy that the compiler made.</summary>
    /// <param name="Of">Of which function.</param>
    /// <param name="Kind">What the dump says of it.</param>
    /// <param name="Version">The number at the end of its symbol.</param>
    /// <param name="IsDumped">Whether the dump tells of it.</param>
    internal sealed record Copy(int Of, string Kind, int Version, bool IsDumped);

    /// <summary>A body that two functions have.</summary>
    /// <param name="Kept">The one whose code it is.</param>
    /// <param name="Other">The other one.</param>
    /// <param name="IsNew">Whether the other one is named nowhere else.</param>
    /// <param name="Outcome">What the record of folding says; 3: nothing.</param>
    /// <param name="HasSymbol">Whether the other one has a symbol.</param>
    /// <param name="IsLocal">Whether that symbol is local.</param>
    internal sealed record Sharing(int Kept, int Other, bool IsNew, int Outcome, bool HasSymbol, bool IsLocal);
}
