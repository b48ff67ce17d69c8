using IpaAnalysis.Dumps;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Summaries;

/// <summary>Finds functions that run the same code: aliases that the source declares and functions that GCC folded.</summary>
internal static class SharedBodyFinder
{
    // Every pair is told, so that a reason names its direct neighbour; a hostile object must not make that quadratic.
    private const int MaxGroupInPairs = 32;

    /// <summary>Finds the pairs and notes each declared alias in its function.</summary>
    public static List<SharedBody> Find(
        FunctionTable functions, List<Folding> foldings, bool hasFoldingRecord)
    {
        var pairs = new List<SharedBody>();
        var folded = foldings.Where(f => f.Kind != FoldingKind.Wrapper).Select(f => f.Folded).ToHashSet();
        foreach (var group in GroupsAtOneAddress(functions))
        {
            AddGroup(functions, group, folded, hasFoldingRecord, pairs);
        }

        // A wrapper has an address of its own and what was folded away has none; callers of both call the kept one.
        foreach (var (kept, other, kind, _) in foldings)
        {
            if (kind == FoldingKind.Wrapper || functions[other].Elf is null)
            {
                pairs.Add(new SharedBody(kept, other, SharedBodyKind.FoldedAway));
            }
            else if (!AreAtOneAddress(functions[kept].Elf, functions[other].Elf))
            {
                pairs.Add(new SharedBody(kept, other, SharedBodyKind.Folded));
            }
        }

        return pairs;
    }

    private static bool AreAtOneAddress(ElfFunction? a, ElfFunction? b) =>
        a is { Size: > 0, IsIndirect: false } && b is { Size: > 0, IsIndirect: false }
        && a.Value.Section == b.Value.Section && a.Value.Value == b.Value.Value;

    /// <summary>The functions with code that lie where another one does.</summary>
    private static IEnumerable<List<int>> GroupsAtOneAddress(FunctionTable functions)
    {
        var placed = new List<(int Section, ulong Value, int Function)>(functions.Count);
        for (var function = 0; function < functions.Count; function++)
        {
            if (functions[function].Elf is { Size: > 0, IsIndirect: false } elf)
            {
                placed.Add((elf.Section, elf.Value, function));
            }
        }

        placed.Sort();
        for (var start = 0; start < placed.Count;)
        {
            var end = start + 1;
            while (end < placed.Count && placed[end].Section == placed[start].Section && placed[end].Value == placed[start].Value)
            {
                end++;
            }

            if (end - start > 1)
            {
                var group = placed[start..end].Select(p => p.Function).Where(f => !CloneSuffix.IsFragment(functions, f)).ToList();
                if (group.Count > 1)
                {
                    yield return group;
                }
            }

            start = end;
        }
    }

    private static void AddGroup(
        FunctionTable functions, List<int> group, HashSet<int> folded, bool hasFoldingRecord, List<SharedBody> pairs)
    {
        group.Sort((a, b) => functions.SymbolOf(a).SequenceCompareTo(functions.SymbolOf(b)));
        var body = BodyOf(functions, group);
        var kinds = group.ToDictionary(
            f => f, f => f == body ? SharedBodyKind.Alias : KindOf(functions, f, body, folded, hasFoldingRecord));
        foreach (var function in group)
        {
            if (function != body && kinds[function] == SharedBodyKind.Alias)
            {
                functions[function].AliasOf = body;
            }
        }

        for (var i = 0; i < group.Count; i++)
        {
            for (var j = i + 1; j < group.Count; j++)
            {
                if (group.Count <= MaxGroupInPairs || group[i] == body || group[j] == body)
                {
                    pairs.Add(new SharedBody(group[i], group[j], Weaker(kinds[group[i]], kinds[group[j]])));
                }
            }
        }
    }

    /// <summary>
    /// The function whose code it is: the final call graph has a node for that one only. Failing that, the dump names
    /// bodies and never aliases, and an alias commonly exports a static function (<c>module_init</c>).
    /// </summary>
    private static int BodyOf(FunctionTable functions, List<int> group)
    {
        var body = group.FindIndex(f => functions[f].HasFinalCode);
        body = body >= 0 ? body : group.FindIndex(f => functions[f].InDump);
        body = body >= 0 ? body : group.FindIndex(f => functions[f].Elf is { Binding: ElfBinding.Local });
        return group[Math.Max(0, body)];
    }

    private static SharedBodyKind KindOf(
        FunctionTable functions, int function, int body, HashSet<int> folded, bool hasFoldingRecord)
    {
        if (folded.Contains(function) || folded.Contains(body))
        {
            return SharedBodyKind.Folded;
        }

        ref readonly var f = ref functions[function];
        ref readonly var b = ref functions[body];

        // No source can declare an alias of a clone.
        if (((f.Traits | b.Traits) & FunctionTraits.Clone) != 0)
        {
            return SharedBodyKind.SameAddress;
        }

        // A function of its own, declared elsewhere, had a body: it was folded even where nothing records it.
        if (f.InDump && (f.File != b.File || f.Line != b.Line || f.Column != b.Column))
        {
            return SharedBodyKind.SameAddress;
        }

        if (hasFoldingRecord)
        {
            return SharedBodyKind.Alias;
        }

        // Without a record: sources declare aliases to export a body (module_init), GCC folds statics into others.
        return f.Elf is { Binding: ElfBinding.Local } ? SharedBodyKind.SameAddress : SharedBodyKind.Alias;
    }

    private static SharedBodyKind Weaker(SharedBodyKind a, SharedBodyKind b) =>
        a == SharedBodyKind.SameAddress || b == SharedBodyKind.SameAddress ? SharedBodyKind.SameAddress
        : a == SharedBodyKind.Folded || b == SharedBodyKind.Folded ? SharedBodyKind.Folded
        : SharedBodyKind.Alias;
}
