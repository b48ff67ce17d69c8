using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>Knows in which section the assembler is.</summary>
internal sealed class SectionTracker(ReadOnlyMemory<byte> text)
{
    private readonly List<(ReadOnlyMemory<byte> Current, ReadOnlyMemory<byte> Previous)> _pushed = [];
    private ReadOnlyMemory<byte> _previous = DefaultSection;

    /// <summary>The name, without quotes.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; } = DefaultSection;

    private static ReadOnlyMemory<byte> DefaultSection { get; } = ".text"u8.ToArray();

    /// <summary>Starts anew in a section.</summary>
    public void Reset(ReadOnlyMemory<byte> section)
    {
        _pushed.Clear();
        _previous = Current = section;
    }

    /// <summary>Follows a directive; false if it is none of those that change the section.</summary>
    public bool Follow(ReadOnlySpan<byte> directive, ReadOnlySpan<byte> operands)
    {
        if (directive.SequenceEqual(".text"u8) || directive.SequenceEqual(".data"u8) || directive.SequenceEqual(".bss"u8))
        {
            Enter(directive);
        }
        else if (directive.SequenceEqual(".section"u8))
        {
            Enter(OperandText.FirstOperand(operands));
        }
        else if (directive.SequenceEqual(".pushsection"u8))
        {
            _pushed.Add((Current, _previous));
            Enter(OperandText.FirstOperand(operands));
        }
        else if (directive.SequenceEqual(".popsection"u8))
        {
            if (_pushed.Count > 0)
            {
                (Current, _previous) = _pushed[^1];
                _pushed.RemoveAt(_pushed.Count - 1);
            }
        }
        else if (directive.SequenceEqual(".previous"u8))
        {
            (Current, _previous) = (_previous, Current);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void Enter(ReadOnlySpan<byte> section)
    {
        _previous = Current;
        Current = text.Span.Overlaps(section, out var offset) ? text.Slice(offset, section.Length) : section.ToArray();
    }
}
