namespace IpaAnalysis.Compilers.Options;

/// <summary>
/// Reads rows of <c>gcc -Q --help=optimizers</c> and <c>--help=common</c> (<c>print_filtered_help</c> in <c>gcc/opts.cc</c>):
/// two blanks, the option, blanks and tabs, its state.
/// </summary>
internal static class OptimizerTableParser
{
    /// <summary>Reads a line; false when it is no row: a title, a blank line, a message.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out OptimizerRow row)
    {
        row = default;
        var text = line.TrimEnd();
        if (!text.StartsWith("  -", StringComparison.Ordinal) || text.Length < 4)
        {
            return false;
        }

        text = text.TrimStart();

        // `-o <file>` and descriptions hold blanks; the state stands behind the last tab.
        var tab = line.LastIndexOf('\t');
        var nameEnd = text.IndexOfAny(' ', '\t');
        var name = nameEnd < 0 ? text : text[..nameEnd];
        var state = tab >= 0 ? line[(tab + 1)..].Trim() : nameEnd < 0 ? [] : text[nameEnd..].Trim();
        var setting = SettingOf(state);
        row = new OptimizerRow(WithoutArgument(name).ToString(), setting, setting == OptionSetting.Value ? state.ToString() : "");
        return true;
    }

    private static OptionSetting SettingOf(ReadOnlySpan<char> state) => state switch
    {
        "[enabled]" => OptionSetting.Enabled,
        "[disabled]" => OptionSetting.Disabled,
        "[default]" => OptionSetting.Default,
        "[ignored]" => OptionSetting.Ignored,
        _ when state.StartsWith("[available in ", StringComparison.Ordinal) => OptionSetting.Unavailable,
        _ => OptionSetting.Value,
    };

    /// <summary><c>-flive-patching=[a|b]</c>, <c>-fdbg-cnt=&lt;n&gt;</c> and <c>-fcompare-debug[=&lt;opts&gt;]</c> without what describes their argument.</summary>
    private static ReadOnlySpan<char> WithoutArgument(ReadOnlySpan<char> name)
    {
        var end = name.IndexOfAny('=', '<', '[');
        return end < 0 ? name : name[..(name[end] == '=' ? end + 1 : end)];
    }
}
