using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.Building.Sources;

/// <summary>Which flags a user may give to the package's own compiles.</summary>
internal static class CompileFlags
{
    /// <summary>
    /// What is asked of every compile. Last on the command line, so that nothing before it can take it back;
    /// messages are read as plain text.
    /// </summary>
    public static readonly string[] Always =
    [
        "-fdiagnostics-color=never",
        "-fdump-ipa-clones",
        "-fcallgraph-info",
        "-fdump-ipa-icf-optimized",
    ];

    private const string WhyRefused = "it changes what the compiler makes, or where; the package compiles one source to one object with its dumps beside it";

    private const string WhyNoResponseFile = "a change in a response file would go unnoticed; give its content instead";

    /// <summary>Why a list of flags cannot be used: the first flag that may not be there and the reason; null when all may.</summary>
    public static (string Flag, string Reason)? FindRefused(IReadOnlyList<string> flags)
    {
        string[] words = [.. flags];
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            if (WhyNot(reader) is { } reason)
            {
                return (reader.Word, reason);
            }
        }

        return FindRefusedPart(words) is { } index ? (WordsAt(words, index), WhyRefused) : null;
    }

    private static string? WhyNot(OptionReader reader)
    {
        var argument = reader.Current;
        return reader.ReadsMoreArguments ? WhyNoResponseFile
            : argument.Kind == ArgumentKind.Input ? (reader.Word == "-" ? WhyRefused : "it names an input; list sources as IpaSource items")
            : ChangesOutput(argument, reader.Value) ? WhyRefused
            : argument.LacksValue ? "its value is missing"
            : null;
    }

    private static bool ChangesOutput(OptionArgument argument, ReadOnlySpan<char> value) => argument.Name switch
    {
        "-c" => false,
        "-fcallgraph-info" => argument.IsNegated,
        "-fdump-" => MovesDump(value),
        _ => argument.Effect is OptionEffect.Output or OptionEffect.Input or OptionEffect.Preprocessed,
    };

    /// <summary>Whether what stands behind <c>-fdump-</c> gives a file to a dump that the package reads.</summary>
    private static bool MovesDump(ReadOnlySpan<char> dump) =>
        dump.Contains('=')
        && (dump.StartsWith("ipa-clones", StringComparison.Ordinal) || dump.StartsWith("ipa-icf", StringComparison.Ordinal) || dump.StartsWith("ipa-all", StringComparison.Ordinal));

    /// <summary>The first word whose part for the preprocessor or the assembler changes the output.</summary>
    private static int? FindRefusedPart(string[] words)
    {
        var parts = OptionParts.Of(words);
        string[] texts = [.. parts.Preprocessor.Select(static p => p.Text)];
        var reader = new OptionReader(texts, isDriver: false);
        while (reader.MoveNext())
        {
            if (reader.ReadsMoreArguments || ChangesOutput(reader.Current, reader.Value))
            {
                return parts.Preprocessor[reader.Current.Index].Index;
            }
        }

        texts = [.. parts.Assembler.Select(static p => p.Text)];
        for (var i = 0; i < texts.Length;)
        {
            var argument = AssemblerOptions.Read(texts, i);
            if (argument.Kind == ArgumentKind.ResponseFile || argument.Effect == OptionEffect.Output || (argument.Effect == OptionEffect.Writes && argument.Value(texts).Contains('=')))
            {
                return parts.Assembler[i].Index;
            }

            i += argument.Count;
        }

        return null;
    }

    private static string WordsAt(string[] words, int index)
    {
        var reader = new OptionReader(words.AsSpan(index));
        return reader.MoveNext() ? string.Join(' ', reader.Words!) : "";
    }
}
