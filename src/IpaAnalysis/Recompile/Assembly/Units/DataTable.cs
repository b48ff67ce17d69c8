using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>What stands outside functions: data by its labels, symbols set to others, and the places section anchors mean.</summary>
internal sealed class DataTable(AssemblySyntax syntax)
{
    private readonly Dictionary<ReadOnlyMemory<byte>, DataBlock> _blocks = Utf8Keys.Table<DataBlock>();
    private readonly Dictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _sets = Utf8Keys.Table<ReadOnlyMemory<byte>>();
    private readonly Dictionary<ReadOnlyMemory<byte>, (AnchorLayout Layout, long Offset)> _anchors = Utf8Keys.Table<(AnchorLayout, long)>();
    private readonly List<(int Start, int End)> _statements = [];
    private DataBlock? _block;
    private AnchorLayout? _layout;

    public IReadOnlyList<(int Start, int End)> Statements => _statements;

    public void AddLabel(ReadOnlyMemory<byte> label)
    {
        if (_block is not { Count: 0 })
        {
            _block = new DataBlock(_statements.Count);
        }

        _blocks[label] = _block;
        _layout?.AddLabel(label);
    }

    public void AddData(ReadOnlySpan<byte> directive, ReadOnlySpan<byte> operands, int start, int end)
    {
        _statements.Add((start, end));
        if (_block is not null)
        {
            _block.Count++;
        }

        _layout?.Advance(Directives.TrySize(directive, operands, syntax, out var size) ? size : null);
    }

    public void Align(ReadOnlySpan<byte> directive, ReadOnlySpan<byte> operands) =>
        _layout?.Align(Directives.TryAlignment(directive, operands, syntax, out var alignment) ? alignment : null);

    /// <summary>The section changes: what follows belongs to no label before.</summary>
    public void EndBlock()
    {
        _block = null;
        _layout = null;
    }

    public void Set(ReadOnlyMemory<byte> symbol, ReadOnlyMemory<byte> expression)
    {
        // GCC writes `.set .LANCHOR0,. + 0`, the place being the start of the block the anchor is for.
        if (symbol.Span.StartsWith(".LANCHOR"u8) && SymbolOffset.TryRead(expression.Span, out var length, out var offset)
            && expression.Span[..length].SequenceEqual("."u8))
        {
            if (_layout is not { IsEmpty: true })
            {
                _layout = new AnchorLayout();
            }

            _anchors[symbol] = (_layout, offset);
        }
        else
        {
            _sets[symbol] = expression;
        }
    }

    public DataBlock? Find(ReadOnlySpan<byte> label) =>
        _blocks.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(label, out var block) ? block : null;

    public bool TryFindSet(ReadOnlySpan<byte> symbol, out ReadOnlyMemory<byte> expression) =>
        _sets.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(symbol, out expression);

    /// <summary>The anchors with copies of what they need, so that they outlive the text.</summary>
    public AnchorMap CopyAnchors()
    {
        var map = new AnchorMap();
        var copies = new Dictionary<AnchorLayout, AnchorLayout>();
        foreach (var (anchor, (layout, offset)) in _anchors)
        {
            if (!copies.TryGetValue(layout, out var copy))
            {
                copies.Add(layout, copy = layout.Copy());
            }

            map.Add(SymbolName.Text(anchor.Span), copy, offset);
        }

        return map;
    }

    /// <summary>The variable at an offset from an anchor.</summary>
    public bool TryResolveAnchor(ReadOnlySpan<byte> anchor, long offset, out ReadOnlyMemory<byte> label, out long distance)
    {
        if (_anchors.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(anchor, out var place))
        {
            return place.Layout.TryFind(place.Offset + offset, out label, out distance);
        }

        (label, distance) = (default, 0);
        return false;
    }
}
