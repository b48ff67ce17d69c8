using System.Collections.Immutable;

namespace IpaAnalysis.Passes;

/// <summary>The passes that copy bodies, as <c>-fdump-ipa-clones</c> names them (GCC 7 and later).</summary>
internal static class ClonePasses
{
    /// <summary>Early, IPA, partial and recursive inlining.</summary>
    public static readonly ClonePass Inline = new("inline", "inlining to", false);

    /// <summary>Propagation of constants into a copy.</summary>
    public static readonly ClonePass Constprop = new("constprop", "constprop", true);

    /// <summary>Parameters removed or replaced in a copy.</summary>
    public static readonly ClonePass Isra = new("isra", "isra", true);

    /// <summary>The part of a body that was not inlined.</summary>
    public static readonly ClonePass Part = new("part", "part", true);

    /// <summary>A copy that is placed beside its callers (GCC 15 and later).</summary>
    public static readonly ClonePass LocalityClone = new("locality_clone", "locality_clone", true);

    /// <summary>What stands for a reason that is empty, <c>(null)</c> or in no list: a copy all the same.</summary>
    public static readonly ClonePass Unknown = new("unknown", "", false);

    /// <summary>Every pass with a reason of its own.</summary>
    public static ImmutableArray<ClonePass> All { get; } =
    [
        Inline,
        Constprop,
        Isra,
        Part,
        new("simdclone", "simdclone", true),
        new("strub", "strub", true),
        LocalityClone,
        new("hsa", "hsa", true),

        // The other versions' reasons are the target strings themselves; this one leaves no line, only the symbol.
        new("target_clones", "default", true),
    ];

    /// <summary>
    /// Suffixes of symbols that are parts or local names of the same function, not copies of it: its cold part, its local name, and what
    /// is outlined from it for threads to run (gcc/omp-low.cc, <c>create_omp_child_function_name</c>; gcc/tree-parloops.cc,
    /// <c>create_loop_fn</c>) or to state an assumption (gcc/gimple-low.cc, <c>create_assumption_fn</c>).
    /// </summary>
    public static ImmutableArray<string> FragmentSuffixes { get; } = ["cold", "localalias", "_omp_fn", "_omp_cpyfn", "_loopfn", "_assume"];

    /// <summary>The pass a dump line's last field stands for; <see cref="Unknown"/> for what is in no list.</summary>
    public static ClonePass FromReason(ReadOnlySpan<byte> reason)
    {
        foreach (var pass in All)
        {
            if (EqualsAscii(reason, pass.Reason))
            {
                return pass;
            }
        }

        return Unknown;
    }

    /// <summary>
    /// Splits the last clone or fragment suffix (<c>.isra.0</c>, <c>$part$1</c>, <c>.cold</c>) off a symbol.
    /// </summary>
    /// <param name="symbol">The symbol, in UTF-8.</param>
    /// <param name="baseLength">Length of what is before the suffix.</param>
    /// <param name="pass">The pass of the suffix; null for a fragment.</param>
    /// <returns>Whether there is such a suffix with something before it.</returns>
    public static bool TrySplitSuffix(ReadOnlySpan<byte> symbol, out int baseLength, out ClonePass? pass)
    {
        var end = symbol.Length;
        while (end > 0 && char.IsAsciiDigit((char)symbol[end - 1]))
        {
            end--;
        }

        // `.isra.0` ends in a separator and digits; `.cold` and some targets' names do not.
        var word = end < symbol.Length && end > 0 && IsSeparator(symbol[end - 1]) ? symbol[..(end - 1)] : symbol;
        var start = word.LastIndexOfAny((byte)'.', (byte)'$');
        baseLength = start;
        pass = null;
        if (start <= 0)
        {
            return false;
        }

        word = word[(start + 1)..];
        foreach (var candidate in All)
        {
            if (candidate.LeavesSuffix && EqualsAscii(word, candidate.Reason))
            {
                pass = candidate;
                return true;
            }
        }

        foreach (var fragment in FragmentSuffixes)
        {
            if (EqualsAscii(word, fragment))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSeparator(byte b) => b is (byte)'.' or (byte)'$';

    private static bool EqualsAscii(ReadOnlySpan<byte> utf8, string ascii) =>
        System.Text.Ascii.Equals(utf8, ascii);
}
