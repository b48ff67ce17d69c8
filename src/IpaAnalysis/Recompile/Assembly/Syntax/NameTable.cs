namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>Numbers names in the order in which they appear, for each base name apart.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _numbers = Utf8Keys.Table<int>();
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _counts = Utf8Keys.Table<int>();

    public bool Contains(ReadOnlySpan<byte> name) => _numbers.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(name);

    /// <summary>The 1-based number of a name among those of its base.</summary>
    public int NumberOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> baseName = default)
    {
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (numbers.TryGetValue(name, out var number))
        {
            return number;
        }

        var counts = _counts.GetAlternateLookup<ReadOnlySpan<byte>>();
        number = counts.TryGetValue(baseName, out var count) ? count + 1 : 1;
        counts[baseName] = number;
        numbers[name] = number;
        return number;
    }

    /// <summary>An empty table: this one, unless it grew so large that emptying it for each function would cost.</summary>
    public NameTable Renew()
    {
        if (_numbers.Count > 256)
        {
            return new NameTable();
        }

        _numbers.Clear();
        _counts.Clear();
        return this;
    }
}
