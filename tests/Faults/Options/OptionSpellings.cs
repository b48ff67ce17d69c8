namespace IpaAnalysis.Faults.Options;

/// <summary>
/// Writes an option in all the ways that GCC's driver takes (opts-common.cc of GCC: <c>--X</c> for <c>-fX</c>, <c>--no-X</c>,
/// <c>--warn-X</c>, <c>--machine-X</c>, <c>--debug=</c>, <c>--optimize=</c>, joined and separate arguments) and hands it to
/// the preprocessor too. Arguments are such that they act if they are let through.
/// </summary>
internal static class OptionSpellings
{
    private static readonly (string Begins, string Long, string LongNegative, string Negative)[] s_families =
    [
        ("-f", "--", "--no-", "-fno-"),
        ("-W", "--warn-", "--warn-no-", "-Wno-"),
        ("-m", "--machine-", "--machine-no-", "-mno-"),
        ("-g", "--debug=", "--debug=no-", "-gno-"),
        ("-O", "--optimize=", "--optimize=no-", "-Ono-"),
    ];

    /// <summary>All spellings of an option.</summary>
    public static IEnumerable<OptionWord> Of(OptionRow row)
    {
        // Hundreds of numbers that all read alike.
        if (row.Name.StartsWith("--param=", StringComparison.Ordinal))
        {
            var name = row.Name["--param=".Length..].TrimEnd('=');
            return [new([$"--param={name}=1"]), new(["--param", $"{name}=1"])];
        }

        return Plain(row).SelectMany((words, i) => i == 0 ? Families(words).Concat(Preprocessor(words)) : Families(words).Where(w => !IsNegative(w))).Select(w => new OptionWord([.. w]));
    }

    /// <summary>What negates is tried with one argument only.</summary>
    private static bool IsNegative(string[] words) => words[0].Contains("no-", StringComparison.Ordinal);

    /// <summary>The option with each argument that it can have.</summary>
    private static IEnumerable<string[]> Plain(OptionRow row)
    {
        if (!row.TakesNext && !row.TakesJoined && !row.Name.EndsWith('='))
        {
            yield return [row.Name];

            // Many take a file though they are listed without.
            if (row.Name.StartsWith("-f", StringComparison.Ordinal))
            {
                yield return [row.Name + "={out}"];
            }

            yield break;
        }

        foreach (var argument in Arguments(row))
        {
            if (row.TakesJoined || row.Name.EndsWith('='))
            {
                yield return [row.Name + argument];
            }

            if (row.TakesNext || row.Name.EndsWith('='))
            {
                yield return [row.Name.TrimEnd('='), argument];
            }
        }
    }

    private static IEnumerable<string> Arguments(OptionRow row)
    {
        var name = row.Name;
        yield return name.Contains("plugin", StringComparison.Ordinal) ? "{plugin}"
            : name.Contains("spec", StringComparison.Ordinal) ? "{specs}"
            : name.Contains("wrapper", StringComparison.Ordinal) ? "{script}"
            : name.Contains("mapper", StringComparison.Ordinal) ? "|{script}"
            : name is "-B" or "--prefix" or "--prefix=" ? "{bin}/"
            : "{out}";
        if (row.Values.Count > 0)
        {
            yield return row.Values[0];
        }
        else if (row.TakesJoined)
        {
            yield return "1";
        }
    }

    private static IEnumerable<string[]> Families(string[] words)
    {
        yield return words;
        var (first, rest) = (words[0], words[1..]);
        foreach (var (begins, @long, longNegative, negative) in s_families)
        {
            if (first.StartsWith(begins, StringComparison.Ordinal) && first.Length > begins.Length)
            {
                var name = first[begins.Length..];
                yield return [@long + name, .. rest];
                if (!name.StartsWith("no-", StringComparison.Ordinal))
                {
                    yield return [negative + name, .. rest];
                    yield return [longNegative + name, .. rest];
                }

                yield break;
            }
        }

        yield return [first.StartsWith("--", StringComparison.Ordinal) ? first[1..] : "-" + first, .. rest];
    }

    private static IEnumerable<string[]> Preprocessor(string[] words)
    {
        var parts = string.Join(',', words);
        yield return ["-Wp," + parts];

        // A warning or a processor's option is read as any other part.
        if (!parts.StartsWith("-W", StringComparison.Ordinal) && !parts.StartsWith("-m", StringComparison.Ordinal))
        {
            yield return ["-Wp,-dD," + parts];
            yield return [.. words.SelectMany(w => (string[])["-Xpreprocessor", w])];
        }
    }
}
