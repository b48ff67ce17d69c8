using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>The first walk over a text: finds where functions begin and end, and keeps what stands outside them.</summary>
internal sealed class UnitScan
{
    private const int MaxNotes = 20;

    private readonly ReadOnlyMemory<byte> _text;
    private readonly AssemblySyntax _syntax;
    private readonly SectionTracker _sections;
    private readonly HashSet<ReadOnlyMemory<byte>> _functionTypes = new(Utf8Keys.Instance);
    private ReadOnlyMemory<byte> _symbol;
    private ReadOnlyMemory<byte> _section;
    private int _start = -1;
    private int _startLine;
    private int _labelLine;
    private bool _isOpen;
    private bool _isOutputAgain;
    private int _placing;

    public UnitScan(ReadOnlyMemory<byte> text, AssemblySyntax syntax)
    {
        _text = text;
        _syntax = syntax;
        _sections = new SectionTracker(text);
        Data = new DataTable(syntax);
        Walk();
    }

    public DataTable Data { get; }

    public List<FunctionRange> Functions { get; } = [];

    public List<(ReadOnlyMemory<byte> Symbol, ReadOnlyMemory<byte> Target)> Aliases { get; } = [];

    public List<ReadOnlyMemory<byte>> Variables { get; } = [];

    /// <summary>Statements of inline assembly outside functions.</summary>
    public List<(int Start, int End)> TopLevel { get; } = [];

    public List<AssemblyNote> Notes { get; } = [];

    public void Note(int line, string message)
    {
        if (Notes.Count < MaxNotes)
        {
            Notes.Add(new AssemblyNote(line, message));
        }
    }

    private void Walk()
    {
        var cursor = new StatementCursor(_text.Span, _syntax, 0, _text.Length, 1, false);
        while (cursor.MoveNext())
        {
            _isOutputAgain &= cursor.IsInlineAssembly;
            if (_isOpen && !Ends(cursor))
            {
                if (cursor.Kind == StatementKind.Directive)
                {
                    _sections.Follow(cursor.Name, cursor.Operands);
                }
            }
            else if (!_isOpen)
            {
                TakeOutside(cursor);
            }
        }

        if (_isOpen)
        {
            Close(_text.Length);
            Note(_labelLine, $"the end of '{SymbolName.Text(_symbol.Span)}' is missing");
        }
        else
        {
            DropStart();
        }
    }

    /// <summary>Whether the open function ends here; with its <c>.size</c>, or where another symbol or the unit's end is declared.</summary>
    private bool Ends(in StatementCursor cursor)
    {
        if (cursor.Kind != StatementKind.Directive)
        {
            return false;
        }

        if (cursor.Name.SequenceEqual(".size"u8))
        {
            if (!OperandText.FirstOperand(cursor.Operands).SequenceEqual(_symbol.Span))
            {
                return false;
            }

            Close(cursor.Start);
            return true;
        }

        // GCC's retpoline thunks have no `.size`.
        var isOther = !cursor.IsInlineAssembly
            && ((cursor.Name.SequenceEqual(".type"u8) && IsOther(OperandText.FirstOperand(cursor.Operands))) || cursor.Name.SequenceEqual(".ident"u8));
        if (isOther)
        {
            Close(cursor.Start);
            TakeOutside(cursor);
        }

        return isOther;
    }

    private bool IsOther(ReadOnlySpan<byte> symbol) =>
        !symbol.SequenceEqual(_symbol.Span) && !SymbolName.IsColdOf(symbol, _symbol.Span);

    private void Close(int end)
    {
        Functions.Add(new FunctionRange(_symbol, _start, _startLine, _labelLine, end, _section));
        _isOpen = false;
        _start = -1;
        Data.EndBlock();
    }

    private void TakeOutside(in StatementCursor cursor)
    {
        if (cursor.IsInlineAssembly && !IsOutputAgain(cursor))
        {
            TakeInlineAssembly(cursor);
            return;
        }

        switch (cursor.Kind)
        {
            case StatementKind.Label:
                TakeLabel(cursor);
                break;
            case StatementKind.Directive:
                TakeDirective(cursor);
                break;
            case StatementKind.Assignment:
                Set(cursor.Name, OperandText.Trim(cursor.Operands[1..]));
                break;
            default:
                // Patchable entries stand before the label; whatever else it is, it goes to the next function.
                Start(cursor);
                break;
        }
    }

    /// <summary>
    /// Whether the compiler's own output goes on although it has not yet marked the end of inline assembly: it writes constants
    /// of the next function first (<c>app_disable</c> comes with the function, gcc/final.cc).
    /// </summary>
    private bool IsOutputAgain(in StatementCursor cursor)
    {
        if (!_isOutputAgain && cursor.Kind == StatementKind.Label && LocalLabels.IsConstant(cursor.Name))
        {
            // The constant's section and alignment were taken for assembly.
            TopLevel.RemoveRange(TopLevel.Count - _placing, _placing);
            (_isOutputAgain, _placing) = (true, 0);
        }

        return _isOutputAgain;
    }

    private void TakeInlineAssembly(in StatementCursor cursor)
    {
        TopLevel.Add((cursor.Start, cursor.End));
        _placing = cursor.Kind != StatementKind.Directive ? 0
            : cursor.Name.SequenceEqual(".section"u8) ? 1
            : Directives.IsAlignment(cursor.Name) && _placing > 0 ? _placing + 1
            : 0;
        Data.EndBlock();
        if (cursor.Kind == StatementKind.Directive && !_sections.Follow(cursor.Name, cursor.Operands)
            && Directives.IsSet(cursor.Name))
        {
            var operands = cursor.Operands;
            Set(OperandText.TakeOperand(ref operands), OperandText.Trim(operands));
        }
    }

    private void TakeLabel(in StatementCursor cursor)
    {
        if (_functionTypes.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(cursor.Name))
        {
            if (_sections.Current.Span.SequenceEqual(".opd"u8))
            {
                Note(cursor.Line, "function descriptors of the first PowerPC64 ABI");
            }

            Start(cursor);
            _symbol = Slice(cursor.Name);
            _labelLine = cursor.Line;
            _isOpen = true;
            Data.EndBlock();
        }
        else if (!LocalLabels.IsMark(cursor.Name))
        {
            var label = Slice(cursor.Name);
            Data.AddLabel(label);
            if (!LocalLabels.IsLocal(label.Span) && !OperandText.IsDigit(label.Span[0]))
            {
                Variables.Add(label);
            }
        }
    }

    private void TakeDirective(in StatementCursor cursor)
    {
        var name = cursor.Name;
        var operands = cursor.Operands;
        if (_sections.Follow(name, operands))
        {
            Data.EndBlock();
        }
        else if (name.SequenceEqual(".type"u8))
        {
            var symbol = OperandText.TakeOperand(ref operands);
            if (operands.IndexOf("function"u8) >= 0)
            {
                _functionTypes.Add(Slice(symbol));
            }
        }
        else if (name.SequenceEqual(".comm"u8) || name.SequenceEqual(".lcomm"u8))
        {
            Variables.Add(Slice(OperandText.FirstOperand(operands)));
        }
        else if (Directives.IsSet(name))
        {
            var symbol = OperandText.TakeOperand(ref operands);
            Set(symbol, OperandText.Trim(operands));
        }
        else if (Directives.IsAlignment(name))
        {
            Data.Align(name, operands);
        }
        else if (Directives.IsData(name, _syntax))
        {
            Data.AddData(name, operands, cursor.Start, cursor.End);
        }
        else if (!Directives.IsNoCode(name) && !name.SequenceEqual(".subsection"u8))
        {
            Note(cursor.Line, $"'{SymbolName.Text(name)}' outside every function");
        }
    }

    private void Set(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> expression)
    {
        if (symbol.IsEmpty || expression.IsEmpty)
        {
            return;
        }

        Data.Set(Slice(symbol), Slice(expression));
        if (!LocalLabels.IsLocal(symbol) && OperandText.WordLength(expression) == expression.Length && !OperandText.IsDigit(expression[0]) && expression[0] != (byte)'.')
        {
            Aliases.Add((Slice(symbol), Slice(expression)));
        }
    }

    private void Start(in StatementCursor cursor)
    {
        if (_start < 0)
        {
            _start = cursor.Start;
            _startLine = cursor.Line;
            _section = _sections.Current;
        }
    }

    private void DropStart()
    {
        if (_start >= 0)
        {
            Note(_startLine, "code outside every function");
        }
    }

    private ReadOnlyMemory<byte> Slice(ReadOnlySpan<byte> part) =>
        _text.Span.Overlaps(part, out var offset) ? _text.Slice(offset, part.Length) : part.ToArray();
}
