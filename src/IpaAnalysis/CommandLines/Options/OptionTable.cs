namespace IpaAnalysis.CommandLines.Options;

/// <summary>The options of one program, each once.</summary>
/// <remarks>
/// The rows are in <c>gcc-options.tsv</c> and <c>gas-options.tsv</c>, which say where they are from. Looked up as
/// <c>find_opt</c> of GCC's <c>opts-common.cc</c> does: the longest name that begins the word wins, one of the asking program's own
/// list before all others.
/// </remarks>
internal sealed class OptionTable
{
    private static readonly Lazy<OptionTable> s_gcc = new(static () => Load("gcc-options.tsv", true));
    private static readonly Lazy<OptionTable> s_assembler = new(static () => Load("gas-options.tsv", false));

    private readonly string[] _names;
    private readonly bool _canBeShortened;

    private OptionTable(List<GccOption> options, bool canBeShortened)
    {
        _canBeShortened = canBeShortened;
        Options = options;
        _names = [.. options.Select(static o => o.Name)];
    }

    /// <summary>GCC's driver and C compiler, versions 11 to 16.</summary>
    public static OptionTable Gcc => s_gcc.Value;

    /// <summary>The GNU assembler.</summary>
    public static OptionTable Assembler => s_assembler.Value;

    /// <summary>Every option, sorted by its name's bytes.</summary>
    public IReadOnlyList<GccOption> Options { get; }

    /// <summary>The option of exactly this name; null when there is none.</summary>
    public GccOption? ByName(ReadOnlySpan<char> name) => At(name) is >= 0 and var index && name.SequenceEqual(_names[index]) ? Options[index] : null;

    /// <summary>The option that a word begins with; null when there is none.</summary>
    /// <param name="word">The word, its minus sign included.</param>
    /// <param name="isDriver">Whether the driver asks, else C's compiler.</param>
    public GccOption? Find(ReadOnlySpan<char> word, bool isDriver)
    {
        var last = At(word);
        GccOption? other = null;
        for (var option = last < 0 ? null : Options[last]; option is not null; option = option.Shorter)
        {
            if (word.StartsWith(option.Name, StringComparison.Ordinal) && (word.Length == option.Name.Length || option.IsJoined))
            {
                if (isDriver ? option.IsOfDriver : option.IsOfC)
                {
                    return option;
                }

                if (option.IsBarrier)
                {
                    return null;
                }

                other ??= option;
            }
        }

        return other ?? (_canBeShortened && word.StartsWith("--", StringComparison.Ordinal) ? Abbreviated(word, last + 1) : null);
    }

    /// <summary>A long option may be cut short where only one begins so, or one and the same with an equals sign.</summary>
    private GccOption? Abbreviated(ReadOnlySpan<char> word, int first)
    {
        var end = first;
        while (end < _names.Length && _names[end].AsSpan().StartsWith(word, StringComparison.Ordinal))
        {
            end++;
        }

        var isOne = end - first is 1 or 2 && !Options[first].IsJoined;
        return isOne && (end - first == 1 || (Options[first + 1].IsJoined && _names[first + 1] == _names[first] + "=")) ? Options[first] : null;
    }

    /// <summary>The last option whose name is not behind the word; -1 when there is none.</summary>
    private int At(ReadOnlySpan<char> word)
    {
        var (low, high) = (-1, _names.Length);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_names[middle].AsSpan().SequenceCompareTo(word) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static OptionTable Load(string resource, bool canBeShortened)
    {
        var options = new List<GccOption>(3000);
        var targets = new List<string?>(3000);
        OptionTableReader.Read(resource, options, targets);
        var open = new Stack<GccOption>();
        foreach (var option in options)
        {
            while (open.TryPeek(out var shorter) && !option.Name.StartsWith(shorter.Name, StringComparison.Ordinal))
            {
                open.Pop();
            }

            option.Shorter = open.TryPeek(out var longest) ? longest : null;
            open.Push(option);
        }

        var table = new OptionTable(options, canBeShortened);
        for (var i = 0; i < options.Count; i++)
        {
            if (targets[i] is { } name)
            {
                var target = table.ByName(name);
                (options[i].Target, options[i].Effect, options[i].DecidesPasses) = (target, target?.Effect ?? OptionEffect.Unknown, target is { DecidesPasses: true });
            }
        }

        return table;
    }
}
