namespace IpaAnalysis.Dumps;

/// <summary>
/// Names and files that hold what parts the fields of a record. GCC escapes nothing, so they are possible; but lines that
/// ran into each other look the same. A directory with such a name comes again and again in a dump, damage once: what
/// comes once is reported.
/// </summary>
internal ref struct RepeatedNames(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separators)
{
    /// <summary>How many are remembered: bounds the work that hostile text can ask for. What is over it is reported.</summary>
    private const int Most = 64;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<byte> _separators = separators;
    private List<(int Start, int Length, int Line, int Count)>? _names;

    /// <summary>Notes a name if it is one of these.</summary>
    /// <param name="name">A part of the text.</param>
    /// <param name="line">The line of its record.</param>
    /// <returns>False when it cannot be remembered.</returns>
    public bool Add(scoped ReadOnlySpan<byte> name, int line)
    {
        if (!name.ContainsAny(_separators))
        {
            return true;
        }

        // The files of one directory vouch for each other.
        var directory = name[..Math.Max(0, name.LastIndexOf((byte)'/'))];
        name = directory.ContainsAny(_separators) ? directory : name;
        _names ??= [];
        for (var i = 0; i < _names.Count; i++)
        {
            var known = _names[i];
            if (_text.Slice(known.Start, known.Length).SequenceEqual(name))
            {
                _names[i] = known with { Count = known.Count + 1 };
                return true;
            }
        }

        if (_names.Count == Most || !_text.Overlaps(name, out var start))
        {
            return false;
        }

        _names.Add((start, name.Length, line, 1));
        return true;
    }

    /// <summary>Reports the lines of the names that came once.</summary>
    public readonly void Report(ref UnreadableLines unreadable, string message)
    {
        if (_names is null)
        {
            return;
        }

        var last = 0;
        foreach (var (_, _, line, count) in _names)
        {
            if (count == 1 && line != last)
            {
                unreadable.Report(line, message);
                last = line;
            }
        }
    }
}
