namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>The variables that follow a section anchor, by their offset from it.</summary>
internal sealed class AnchorLayout
{
    private readonly List<(long Offset, ReadOnlyMemory<byte> Label)> _labels = [];
    private long _offset;
    private bool _isOffsetKnown = true;

    public bool IsEmpty => _labels.Count == 0 && _offset == 0;

    /// <summary>A layout whose labels are no slices of a text.</summary>
    public AnchorLayout Copy()
    {
        var copy = new AnchorLayout();
        foreach (var (offset, label) in _labels)
        {
            copy._labels.Add((offset, label.ToArray()));
        }

        return copy;
    }

    public void AddLabel(ReadOnlyMemory<byte> label)
    {
        if (_isOffsetKnown)
        {
            _labels.Add((_offset, label));
        }
    }

    /// <summary>Goes on by a number of bytes; null if it cannot be told, and then no label after it is known.</summary>
    public void Advance(long? size)
    {
        _isOffsetKnown &= size is not null && _offset <= long.MaxValue / 4;
        _offset += _isOffsetKnown ? size!.Value : 0;
    }

    public void Align(long? alignment)
    {
        _isOffsetKnown &= alignment is not null;
        if (_isOffsetKnown)
        {
            Advance((alignment!.Value - (_offset % alignment.Value)) % alignment.Value);
        }
    }

    /// <summary>The last label at or before an offset, and the distance from it.</summary>
    public bool TryFind(long offset, out ReadOnlyMemory<byte> label, out long distance)
    {
        var low = 0;
        var high = _labels.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_labels[middle].Offset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        label = low > 0 ? _labels[low - 1].Label : default;
        distance = low > 0 ? offset - _labels[low - 1].Offset : 0;
        return low > 0;
    }
}
