namespace IpaAnalysis.Tests;

/// <summary>An object with everything that a compiler may do to a dozen functions, another one for each seed.</summary>
internal static class RandomUnit
{
    private static readonly string[] s_outcomes = ["Function alias has been created.", "Function body was removed.", "Wrapper has been created."];

    public static UnitText Of(int seed, string name = "unit.o")
    {
        var random = new Random(seed);
        var text = new UnitText(name) { HasCallGraph = random.Next(8) != 0, HasSymbolTable = random.Next(6) != 0 };
        List<string> bodies = [.. Enumerable.Range(0, 2 + random.Next(12)).Select(i => $"f{i}")];
        foreach (var function in bodies.ToArray())
        {
            AddClones(function, function);
        }

        for (var i = random.Next(3 * bodies.Count); i > 0; i--)
        {
            text.Inline(Any(), Any(), times: 1 + random.Next(2));
        }

        var emitted = bodies.Where(_ => random.Next(4) != 0).ToArray();
        foreach (var symbol in emitted)
        {
            _ = random.Next(2) == 0 ? text.Static(symbol) : text.Global(symbol);
            if (random.Next(6) == 0)
            {
                text.Symbol($"{symbol}.cold", isLocal: true);
            }
        }

        for (var i = random.Next(4 * bodies.Count); i > 0; i--)
        {
            text.Call(Any(), random.Next(9) switch { 0 => "external", 1 when emitted.Length > 0 => $"{emitted[0]}.localalias", _ => Any() });
        }

        // Each body is shared at most once, so that the pass of a pair is never in doubt.
        foreach (var kept in emitted.Where(_ => random.Next(4) == 0).ToArray())
        {
            var fresh = $"other_{kept.Replace('.', '_')}";
            var other = random.Next(2) == 0 ? fresh : bodies.Find(b => !emitted.Contains(b)) ?? fresh;
            bodies.Remove(other);
            var kind = random.Next(4);
            if (kind != 3)
            {
                text.Fold(kept, other, s_outcomes[kind]);
            }

            if (kind == 2)
            {
                text.Symbol(other, isLocal: false);
            }
            else if (kind == 3 || random.Next(2) == 0)
            {
                text.Symbol(other, isLocal: random.Next(2) == 0, at: kept);
            }
        }

        return text;

        string Any() => bodies[random.Next(bodies.Count)];

        void AddClones(string origin, string symbol)
        {
            foreach (var kind in (string[])["constprop", "isra", "part", "(null)", "avx2", ""])
            {
                if (random.Next(9) != 0)
                {
                    continue;
                }

                var clone = kind is "(null)" or "" ? $"{symbol}_copy{bodies.Count}" : $"{symbol}.{kind}.{random.Next(3)}";
                if (!bodies.Contains(clone))
                {
                    bodies.Add(clone);
                    if (kind is "(null)" or "" or "avx2" || random.Next(5) != 0)
                    {
                        text.Clone(symbol, clone, kind);
                    }

                    AddClones(origin, clone);
                }
            }
        }
    }
}
