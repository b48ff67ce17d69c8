namespace IpaAnalysis.Compilers.Options;

/// <summary>What <c>gcc FLAGS -Q --help=…</c> prints: each option that the compiler has, and its state. An option without row does not exist in it.</summary>
internal sealed class OptimizerTable
{
    private readonly Dictionary<string, OptimizerRow> _rows = new(StringComparer.Ordinal);

    private OptimizerTable()
    {
    }

    /// <summary>The number of options.</summary>
    public int Count => _rows.Count;

    /// <summary>The rows, sorted by option.</summary>
    public IEnumerable<OptimizerRow> Rows => _rows.Values.OrderBy(r => r.Option, StringComparer.Ordinal);

    /// <summary>Reads lines; what is no row is skipped, and of two rows of one option the first counts.</summary>
    public static OptimizerTable Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var table = new OptimizerTable();
        foreach (var line in lines)
        {
            if (OptimizerTableParser.TryParse(line, out var row))
            {
                table._rows.TryAdd(row.Option, row);
            }
        }

        return table;
    }

    /// <summary>The row of an option such as <c>-fipa-ra</c>; null when the compiler does not have it.</summary>
    public OptimizerRow? Find(string option) => _rows.TryGetValue(option, out var row) ? row : null;

    /// <summary>Whether an option is on.</summary>
    public bool IsEnabled(string option) => Find(option) is { Setting: OptionSetting.Enabled };

    /// <summary>Whether the compiler has an option that can be on or off in C.</summary>
    public bool HasSwitch(string option) => Find(option) is { Setting: OptionSetting.Enabled or OptionSetting.Disabled };
}
