using System.Collections.Concurrent;

namespace IpaAnalysis.CommandLines.Options;

/// <summary>
/// Finds the option that a word spells, as <c>decode_cmdline_option</c> of GCC's <c>opts-common.cc</c> does: by its name, else by
/// the driver's other spellings, in their order.
/// </summary>
internal static class OptionSpeller
{
    // A kernel's 2,700 commands hold 400,000 words, of which some 600 differ but for names of files and macros.
    private const int MostRemembered = 8192;
    private const int LongestRemembered = 80;

    private static readonly Rewriting[] s_rewritings =
    [
        new("-Wno-", null, "-W", false, true),
        new("-fno-", null, "-f", false, true),
        new("-gno-", null, "-g", false, true),
        new("-mno-", null, "-m", false, true),
        new("--debug=", null, "-g", false, false),
        new("--machine-", null, "-m", true, false),
        new("--machine-no-", null, "-m", false, true),
        new("--machine=", null, "-m", false, false),
        new("--machine=no-", null, "-m", false, true),
        new("--machine", "", "-m", false, false),
        new("--machine", "no-", "-m", false, true),
        new("--optimize=", null, "-O", false, false),
        new("--std=", null, "-std=", false, false),
        new("--std", "", "-std=", false, false),
        new("--warn-", null, "-W", true, false),
        new("--warn-no-", null, "-W", false, true),
        new("--", null, "-f", true, false),
        new("--no-", null, "-f", false, true),
    ];

    private static readonly OptionSpelling s_unknown = new(null, false, false, 0);

    private static readonly ConcurrentDictionary<string, OptionSpelling> s_knownToDriver = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, OptionSpelling> s_knownToCompiler = new(StringComparer.Ordinal);

    /// <summary>Finds the option; <paramref name="next"/> is the word behind, null at the end.</summary>
    public static OptionSpelling Find(string word, string? next, bool isDriver)
    {
        var known = isDriver ? s_knownToDriver : s_knownToCompiler;
        if (known.TryGetValue(word, out var spelling))
        {
            return spelling;
        }

        spelling = Search(word, next, isDriver);
        var dependsOnNext = word is "--param" || word.StartsWith("--machine", StringComparison.Ordinal) || word.StartsWith("--std", StringComparison.Ordinal);
        var hasOwnValue = spelling.Option is { IsJoined: true, Effect: OptionEffect.Text or OptionEffect.Parts } && spelling.ValueStart < word.Length;
        if (!dependsOnNext && !hasOwnValue && word.Length <= LongestRemembered && known.Count < MostRemembered)
        {
            known.TryAdd(word, spelling);
        }

        return spelling;
    }

    private static OptionSpelling Search(string word, string? next, bool isDriver)
    {
        var table = OptionTable.Gcc;
        if (word == "--param" && next is not null)
        {
            const string Prefix = "--param=";
            var parameter = table.Find(Prefix + next, isDriver);
            return new(parameter, false, true, (parameter?.Name.Length ?? Prefix.Length) - Prefix.Length);
        }

        if (table.Find(word, isDriver) is { } option)
        {
            return new(option, false, false, option.Name.Length);
        }

        foreach (var rewriting in s_rewritings)
        {
            if (rewriting.Apply(word, next) is { } rewritten && table.Find(rewritten, isDriver) is { } meant)
            {
                var isKnown = !rewriting.Negates || meant.HasNegative;
                return new(isKnown ? meant : null, rewriting.Negates, rewriting.Second is not null, meant.Name.Length + rewriting.Removed);
            }
        }

        return s_unknown;
    }

    /// <summary>Whether the word behind an option is its argument.</summary>
    public static bool TakesNext(string word) =>
        word is "--param"
        || (Find(word, null, isDriver: true) is { Option: { IsSeparate: true, StandsAloneInDriver: false } option } spelling
        && (!option.IsJoined || spelling.ValueStart == word.Length));

    /// <summary>One of GCC's other spellings.</summary>
    /// <param name="First">What the word begins with; with <paramref name="Second"/>, what it is.</param>
    /// <param name="Second">What the next word begins with; null when that one is not looked at.</param>
    /// <param name="Meant">What stands there instead.</param>
    /// <param name="NeedsMore">Whether something must follow.</param>
    /// <param name="Negates">Whether it is the negative.</param>
    private sealed record Rewriting(string First, string? Second, string Meant, bool NeedsMore, bool Negates)
    {
        private string Replaced => Second ?? First;

        public int Removed => Replaced.Length - Meant.Length;

        public string? Apply(string word, string? next)
        {
            // GCC looks only at how the first word begins, also where the next one holds the name.
            if (!word.StartsWith(First, StringComparison.Ordinal) || (Second is not null && next?.StartsWith(Second, StringComparison.Ordinal) != true))
            {
                return null;
            }

            var text = Second is null ? word : next!;
            return NeedsMore && text.Length == Replaced.Length ? null : string.Concat(Meant, text.AsSpan(Replaced.Length));
        }
    }
}
