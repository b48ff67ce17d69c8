namespace IpaAnalysis.CommandLines.Options;

/// <summary>
/// Picks from a command what may be run again: what decides the code, the text or the warnings. Inputs, outputs, what writes
/// more files, what only shapes messages and what concerns the linker is dropped.
/// </summary>
internal static class RerunArguments
{
    // The driver turns it into -fprofile-arcs, which decides code, and -ftest-coverage, which writes notes (gcc.cc, cc1_options).
    private const string Coverage = "-coverage";
    private const string CoverageCode = "-fprofile-arcs";

    private enum Decision
    {
        Keep,
        Drop,
        Refuse,
    }

    /// <summary>Picks from a command.</summary>
    /// <param name="words">The words behind the compiler.</param>
    /// <param name="source">The input as written; null when it is not known.</param>
    /// <param name="isTrusted">
    /// Whether the command may name programs and plugins to run. Of one that may not, only what the table has by name is kept;
    /// anything else is <see cref="RerunSelection.NotAllowed"/>.
    /// </param>
    public static RerunSelection Select(ReadOnlySpan<string> words, string? source, bool isTrusted)
    {
        var kept = new List<(int Index, string Word)>(words.Length);
        var parts = new OptionParts();
        (int Index, string Words)? refused = null;
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            var argument = reader.Current;
            if (argument.Effect == OptionEffect.Parts)
            {
                parts.Add(argument, words);
                continue;
            }

            switch (argument.Kind == ArgumentKind.Input ? OfInput(reader.Word, source, isTrusted) : Decide(argument, words, isTrusted))
            {
                case Decision.Keep when argument.Name == Coverage:
                    kept.Add((argument.Index, CoverageCode));
                    break;
                case Decision.Keep:
                    foreach (var word in reader.Words)
                    {
                        kept.Add((argument.Index, word));
                    }

                    break;
                case Decision.Refuse:
                    refused ??= (argument.Index, string.Join(' ', reader.Words!));
                    break;
            }
        }

        if (Add(kept, parts.Preprocessor, isPreprocessor: true, isTrusted) is { } badPart && !(refused?.Index < badPart.Index))
        {
            refused = badPart;
        }

        if (Add(kept, parts.Assembler, isPreprocessor: false, isTrusted) is { } badAssemblerPart && !(refused?.Index < badAssemblerPart.Index))
        {
            refused = badAssemblerPart;
        }

        // Stable: words of one argument, and groups of one word, stay in their order.
        return new RerunSelection([.. kept.OrderBy(static k => k.Index).Select(static k => k.Word)], refused?.Words);
    }

    private static Decision OfInput(string word, string? source, bool isTrusted) =>
        word == source ? Decision.Drop : isTrusted ? Decision.Keep : Decision.Refuse;

    private static Decision Decide(OptionArgument argument, ReadOnlySpan<string> words, bool isTrusted)
    {
        if (!isTrusted && argument.ReadsMoreArguments(words))
        {
            return Decision.Refuse;
        }

        switch (argument.Effect)
        {
            case OptionEffect.Code or OptionEffect.Text or OptionEffect.Warning:
                // Without its value it would take the word behind it.
                return argument.LacksValue ? Decision.Refuse : Decision.Keep;
            case OptionEffect.Profile:
                return isTrusted || argument.IsNegated ? Decision.Keep : Decision.Refuse;
            case OptionEffect.Preprocessed:
                return argument.IsNegated ? Decision.Drop : Decision.Refuse;
            case OptionEffect.Loads or OptionEffect.Parts:
                return isTrusted ? Decision.Keep : Decision.Refuse;
            case OptionEffect.Unknown:
                return argument.Kind == ArgumentKind.Unknown && IsUnknownNegativeWarning(words[argument.Index]) ? Decision.Drop
                    : isTrusted ? Decision.Keep
                    : Decision.Refuse;
            default:
                return Decision.Drop;
        }
    }

    /// <summary>GCC says nothing of a warning that it does not know and shall not give. Behind a comma something else may stand.</summary>
    private static bool IsUnknownNegativeWarning(string word) =>
        word.StartsWith("-Wno-", StringComparison.Ordinal) && !word.Contains(',', StringComparison.Ordinal);

    /// <summary>Adds what may be kept of the parts, each option of theirs in a word of its own; the result is the first that may not.</summary>
    private static (int Index, string Words)? Add(List<(int Index, string Word)> kept, IReadOnlyList<OptionPart> parts, bool isPreprocessor, bool isTrusted)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        (int Index, string Words)? refused = null;
        string[] texts = [.. parts.Select(static p => p.Text)];
        for (var i = 0; i < texts.Length;)
        {
            var argument = isPreprocessor ? ReadPreprocessor(texts, i) : AssemblerOptions.Read(texts, i);
            var group = texts.AsSpan(i, argument.Count);
            switch (argument.Kind == ArgumentKind.Input ? OfInput(texts[i], null, isTrusted) : Decide(argument, texts, isTrusted))
            {
                case Decision.Keep:
                    kept.AddRange(Written(group, isPreprocessor).Select(word => (parts[i].Index, word)));
                    break;
                case Decision.Refuse:
                    refused ??= (parts[i].Index, (isPreprocessor ? "-Wp," : "-Wa,") + string.Join(',', group!));
                    break;
            }

            i += argument.Count;
        }

        return refused;
    }

    private static OptionArgument ReadPreprocessor(string[] texts, int index)
    {
        var reader = new OptionReader(texts.AsSpan(index), isDriver: false);
        reader.MoveNext();
        var argument = reader.Current;
        return argument with { Index = index, ValueIndex = argument.ValueIndex < 0 ? -1 : argument.ValueIndex + index };
    }

    /// <summary>An option and its values; a word with a comma cannot stand in a list.</summary>
    private static string[] Written(ReadOnlySpan<string> group, bool isPreprocessor)
    {
        var isSplit = false;
        foreach (var text in group)
        {
            isSplit |= text.Contains(',', StringComparison.Ordinal);
        }

        if (!isSplit)
        {
            return [(isPreprocessor ? "-Wp," : "-Wa,") + string.Join(',', group!)];
        }

        var words = new string[group.Length * 2];
        for (var i = 0; i < group.Length; i++)
        {
            (words[2 * i], words[(2 * i) + 1]) = (isPreprocessor ? "-Xpreprocessor" : "-Xassembler", group[i]);
        }

        return words;
    }
}
