using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Folding;
using IpaAnalysis.Files;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>Finds functions that run the same code: aliases that the source declares and functions that GCC folded.</summary>
internal static class SharedBodyFinder
{
    // Every pair is told, so that a reason names its direct neighbour; a hostile object must not make that quadratic.
    private const int MaxGroupInPairs = 32;

    /// <summary>Finds the pairs and notes each declared alias in its function.</summary>
    public static List<SharedBody> Find(
        FunctionTable functions, List<Folding> foldings, bool hasFoldingRecord, List<(int Alias, int Target)> aliases)
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

        AddAliases(functions, aliases, folded, hasFoldingRecord, pairs);
        return pairs;
    }

    /// <summary>Adds the pairs of aliases of the call graph that the symbol table, which is missing, would show.</summary>
    private static void AddAliases(
        FunctionTable functions, List<(int Alias, int Target)> aliases, HashSet<int> folded, bool hasFoldingRecord, List<SharedBody> pairs)
    {
        foreach (var (alias, target) in aliases)
        {
            // What a resolver chooses at run time is not its code; folded pairs are known already.
            if (alias == target || folded.Contains(alias) || TargetVersions.IsResolver(functions.SymbolOf(target)))
            {
                continue;
            }

            var kind = functions[alias].Traits.HasFlag(FunctionTraits.Local)
                ? SharedBodyKind.SameAddress
                : KindOf(functions, alias, target, folded, hasFoldingRecord);
            pairs.Add(new SharedBody(alias, target, kind));
            if (kind == SharedBodyKind.Alias)
            {
                functions[alias].AliasOf = target;
            }
        }
    }

    private static bool AreAtOneAddress(ElfFunction? a, ElfFunction? b) =>
        a is { Size: > 0, IsIndirect: false } && b is { Size: > 0, IsIndirect: false }
        && a.Value.Section == b.Value.Section && a.Value.Value == b.Value.Value;

    /// <summary>The functions with code that lie where another one does.</summary>
    private static IEnumerable<List<int>> GroupsAtOneAddress(FunctionTable functions)
    {
        // Sorted by a hash of the place: numbers with numbers are what sorts fastest.
        var (hashes, placed) = (new ulong[functions.Count], new int[functions.Count]);
        var count = 0;
        for (var function = 0; function < functions.Count; function++)
        {
            if (functions[function].Elf is { Size: > 0, IsIndirect: false } elf)
            {
                hashes[count] = StableHash.Of(elf.Value, (ulong)elf.Section);
                placed[count++] = function;
            }
        }

        Array.Sort(hashes, placed, 0, count);
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && hashes[end] == hashes[start])
            {
                end++;
            }

            for (var left = end; left - start > 1; left = KeepOthers(functions, placed, start, left))
            {
                var group = GroupOf(functions, placed, start, left);
                if (group.Count > 1)
                {
                    yield return group;
                }
            }

            start = end;
        }
    }

    /// <summary>What lies where the first one does, without fragments.</summary>
    private static List<int> GroupOf(FunctionTable functions, int[] placed, int start, int end)
    {
        var group = new List<int>();
        for (var i = start; i < end; i++)
        {
            if (AreAtOneAddress(functions[placed[start]].Elf, functions[placed[i]].Elf) && !CloneSuffix.IsFragment(functions, placed[i]))
            {
                group.Add(placed[i]);
            }
        }

        return group;
    }

    /// <summary>Moves what lies elsewhere, and has the same hash, to the front.</summary>
    private static int KeepOthers(FunctionTable functions, int[] placed, int start, int end)
    {
        var (first, left) = (functions[placed[start]].Elf, start);
        for (var i = start; i < end; i++)
        {
            if (!AreAtOneAddress(first, functions[placed[i]].Elf))
            {
                placed[left++] = placed[i];
            }
        }

        return left;
    }

    private static void AddGroup(
        FunctionTable functions, List<int> group, HashSet<int> folded, bool hasFoldingRecord, List<SharedBody> pairs)
    {
        group.Sort((a, b) => functions.SymbolOf(a).SequenceCompareTo(functions.SymbolOf(b)));
        var body = BodyOf(functions, group);
        var kinds = new SharedBodyKind[group.Count];
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = group[i] == body ? SharedBodyKind.Alias : KindOf(functions, group[i], body, folded, hasFoldingRecord);
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (group[i] != body && kinds[i] == SharedBodyKind.Alias)
            {
                functions[group[i]].AliasOf = body;
            }
        }

        for (var i = 0; i < group.Count; i++)
        {
            for (var j = i + 1; j < group.Count; j++)
            {
                if (group.Count <= MaxGroupInPairs || group[i] == body || group[j] == body)
                {
                    pairs.Add(new SharedBody(group[i], group[j], Weaker(kinds[i], kinds[j])));
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
