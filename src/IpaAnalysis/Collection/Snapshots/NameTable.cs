namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// Numbers of file names, which thousands of lists of dependencies share: a kernel's lists would else take 50 MB. Safe for
/// several threads.
/// </summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly Lock _lock = new();

    /// <summary>The names in the order of their numbers.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _names];
            }
        }
    }

    /// <summary>How many names there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _names.Count;
            }
        }
    }

    /// <summary>The number of a name, which is kept.</summary>
    public int Add(string name)
    {
        lock (_lock)
        {
            if (!_numbers.TryGetValue(name, out var number))
            {
                number = _names.Count;
                _numbers.Add(name, number);
                _names.Add(name);
            }

            return number;
        }
    }

    /// <summary>The name of a number.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public string this[int number]
    {
        get
        {
            lock (_lock)
            {
                return (uint)number < (uint)_names.Count ? _names[number] : throw new FormatException("A name is missing.");
            }
        }
    }
}
