using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>The second walk: writes a function's statements in the form that two compiles are compared by.</summary>
internal sealed class FunctionWriter(ReadOnlyMemory<byte> text, AssemblySyntax syntax, CodeWriter writer)
{
    private readonly SectionTracker _sections = new(text);
    private ReadOnlyMemory<byte> _symbol;
    private ReadOnlyMemory<byte> _home;
    private ReadOnlyMemory<byte> _written;

    public void Write(in FunctionRange range)
    {
        _symbol = range.Symbol;
        _home = _written = range.Section;
        _sections.Reset(range.Section);
        writer.Begin(range.Symbol);
        var cursor = new StatementCursor(text.Span, syntax, range.Start, range.End, range.Line, false);
        while (cursor.MoveNext())
        {
            if (cursor.Kind == StatementKind.Label)
            {
                TakeLabel(cursor.Name);
            }
            else if (cursor.Kind != StatementKind.Directive || !_sections.Follow(cursor.Name, cursor.Operands))
            {
                TakeStatement(cursor);
            }
        }

        writer.WriteTables();
    }

    /// <summary>Writes statements of inline assembly that stand outside functions.</summary>
    public void WriteTopLevel(IReadOnlyList<(int Start, int End)> statements)
    {
        writer.Begin(default);
        foreach (var (start, end) in statements)
        {
            writer.WriteStatement(start, end);
            writer.EndLine();
        }
    }

    private void TakeLabel(ReadOnlySpan<byte> label)
    {
        if (label.SequenceEqual(_symbol.Span) || LocalLabels.IsMark(label))
        {
            return;
        }

        WriteSection();
        if (OperandText.IsDigit(label[0]))
        {
            writer.Write(label);
        }
        else if (LocalLabels.IsLocal(label))
        {
            writer.WriteLabel(label);
        }
        else
        {
            writer.WriteSymbol(label);
        }

        writer.Write(":\n"u8);
    }

    private void TakeStatement(in StatementCursor cursor)
    {
        // The tables of patchable and profiled entries hold nothing but the place of the function.
        if ((cursor.Kind == StatementKind.Directive && Directives.IsNoCode(cursor.Name))
            || _sections.Current.Span.SequenceEqual("__patchable_function_entries"u8)
            || _sections.Current.Span.SequenceEqual("__mcount_loc"u8))
        {
            return;
        }

        WriteSection();
        writer.WriteStatement(cursor.Start, cursor.End);
        writer.EndLine();
    }

    /// <summary>Says in which section the next statement is, if that is another than before; all sections of code are one.</summary>
    private void WriteSection()
    {
        var current = _sections.Current;
        if (current.Span.SequenceEqual(_written.Span))
        {
            return;
        }

        if (!(IsCode(current.Span) && IsCode(_written.Span)))
        {
            writer.Write("["u8);
            writer.Write(NameOf(current.Span));
            writer.Write("]\n"u8);
        }

        _written = current;
    }

    private bool IsCode(ReadOnlySpan<byte> section) =>
        section.SequenceEqual(_home.Span) || section.SequenceEqual(".text"u8) || section.StartsWith(".text."u8);

    // With -ffunction-sections and -fdata-sections names of functions, with their clone numbers, follow these.
    private ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> section) =>
        IsCode(section) ? ".text"u8
        : section.StartsWith(".rodata"u8) ? ".rodata"u8
        : section.StartsWith(".data.rel.ro"u8) ? ".data.rel.ro"u8
        : section.StartsWith(".gcc_except_table"u8) ? ".gcc_except_table"u8
        : section;
}
