namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>Recognises texts that differ only in when they were compiled.</summary>
internal static class CompileTimeText
{
    // GCC, "Standard Predefined Macros": A is a letter, 9 a digit or, where a day has one digit, a blank.
    private static readonly (string Macro, string Form)[] s_forms =
    [
        ("__TIMESTAMP__", "AAA AAA 99 99:99:99 9999"),
        ("__DATE__", "AAA 99 9999"),
        ("__TIME__", "99:99:99"),
    ];

    /// <summary>The macros whose texts are all that differs, separated by commas; null where more differs.</summary>
    public static string? MacrosThatExplain(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Length != second.Length)
        {
            return null;
        }

        var macros = new SortedSet<string>(StringComparer.Ordinal);
        var at = 0;
        while (first[at..].CommonPrefixLength(second[at..]) is var same && at + same < first.Length)
        {
            at += same;
            if (!TryFind(first, second, at, out var macro, out var end))
            {
                return null;
            }

            macros.Add(macro);
            at = end;
        }

        return macros.Count == 0 ? null : string.Join(", ", macros);
    }

    private static bool TryFind(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int at, out string macro, out int end)
    {
        foreach (var (name, form) in s_forms)
        {
            for (var start = Math.Max(0, at - form.Length + 1); start <= at && start + form.Length <= first.Length; start++)
            {
                if (Has(first.Slice(start, form.Length), form) && Has(second.Slice(start, form.Length), form))
                {
                    macro = name;
                    end = start + form.Length;
                    return true;
                }
            }
        }

        macro = "";
        end = 0;
        return false;
    }

    private static bool Has(ReadOnlySpan<byte> text, string form)
    {
        for (var i = 0; i < form.Length; i++)
        {
            var is99 = i + 1 < form.Length && form[i] == '9' && form[i + 1] == '9' && (i == 0 || form[i - 1] == ' ');
            var fits = form[i] switch
            {
                'A' => char.IsAsciiLetter((char)text[i]),
                '9' => char.IsAsciiDigit((char)text[i]) || (is99 && text[i] == ' '),
                _ => text[i] == form[i],
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
