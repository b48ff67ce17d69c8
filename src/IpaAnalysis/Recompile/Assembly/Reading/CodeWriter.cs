using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>Writes operands with the names that two compiles of one text have in common.</summary>
/// <remarks>One object writes all functions of a unit, one after the other.</remarks>
internal sealed class CodeWriter(ReadOnlyMemory<byte> text, AssemblySyntax syntax, UnitScan scan)
{
    private const int MaxSetChain = 16;
    private const int MaxInlineContent = 96;

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly List<DataBlock> _tables = [];
    private readonly HashSet<string> _anchors = new(StringComparer.Ordinal);
    private NameTable _labels = new();
    private NameTable _names = new();
    private Dictionary<DataBlock, int> _tableNumbers = [];
    private ReadOnlyMemory<byte> _self;
    private (int Start, int End) _statement;
    private long _tableBudget = (1 << 20) + (text.Length * 4L);

    public int Written => _output.WrittenCount;

    /// <summary>All that was written; complete only at the end.</summary>
    public ReadOnlyMemory<byte> Output => _output.WrittenMemory;

    /// <summary>The section anchors that the function mentions.</summary>
    public ImmutableArray<string> Anchors => [.. _anchors];

    /// <summary>Forgets the names of the function before.</summary>
    public void Begin(ReadOnlyMemory<byte> self)
    {
        _self = self;
        _labels = _labels.Renew();
        _names = _names.Renew();
        _anchors.Clear();
        _tables.Clear();
        _tableNumbers = _tableNumbers.Count > 256 ? [] : _tableNumbers;
        _tableNumbers.Clear();
    }

    /// <summary>Writes the tables that the function mentions, and those that they mention.</summary>
    public void WriteTables()
    {
        for (var i = 0; i < _tables.Count; i++)
        {
            Write("[table "u8);
            WriteNumber(i + 1);
            Write("]\n"u8);
            var table = _tables[i];
            foreach (var (start, end) in Statements(table))
            {
                _tableBudget -= end - start;
                if (_tableBudget < 0)
                {
                    scan.Note(1, "tables of code are mentioned more often than is plausible");
                    break;
                }

                WriteStatement(start, end);
                EndLine();
            }
        }
    }

    public void Write(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    public void EndLine() => Write("\n"u8);

    /// <summary>Writes a directive or an instruction: its name as it is, then its operands.</summary>
    /// <param name="start">Offset of its first byte.</param>
    /// <param name="end">Offset behind its last.</param>
    public void WriteStatement(int start, int end)
    {
        var statement = text.Span[start..end];
        _statement = (start, end);
        var name = Math.Max(1, OperandText.WordLength(statement));
        Write(statement[..Math.Min(name, statement.Length)]);
        var operands = statement.Length > name ? OperandText.Trim(statement[name..]) : default;
        if (!operands.IsEmpty)
        {
            Write(" "u8);
            WriteOperands(operands);
        }
    }

    /// <summary>Writes a symbol by the name it has in common with another compile.</summary>
    public void WriteSymbol(ReadOnlySpan<byte> symbol)
    {
        symbol = SymbolName.WithoutLocalAlias(symbol);
        if (symbol.SequenceEqual(_self.Span))
        {
            Write("<self>"u8);
        }
        else if (SymbolName.IsColdOf(symbol, _self.Span))
        {
            Write("<self>.cold"u8);
        }
        else if (SymbolName.IsNumbered(symbol))
        {
            WriteNumbered(symbol);
        }
        else
        {
            Write(symbol);
        }
    }

    /// <summary>Writes a local label of the function by the order in which it appears.</summary>
    public void WriteLabel(ReadOnlySpan<byte> label)
    {
        Write(".L"u8);
        WriteNumber(_labels.NumberOf(label));
    }

    private void WriteOperands(ReadOnlySpan<byte> operands)
    {
        var blank = false;
        var separated = true;
        for (var i = 0; i < operands.Length;)
        {
            var rest = operands[i..];
            if (OperandText.IsBlank(rest[0]))
            {
                blank = true;
                i++;
                continue;
            }

            if (OperandText.StartsBlockComment(rest))
            {
                var end = rest[2..].IndexOf("*/"u8);
                i = end < 0 ? operands.Length : i + end + 4;
                blank = true;
                continue;
            }

            if (blank && !separated && rest[0] != (byte)',')
            {
                Write(" "u8);
            }

            blank = false;
            separated = rest[0] == (byte)',';
            i += WriteToken(rest);
        }
    }

    /// <summary>Writes the token at the start and tells how much of the text it took.</summary>
    private int WriteToken(ReadOnlySpan<byte> rest)
    {
        if (OperandText.LiteralLength(rest) is > 0 and var literal)
        {
            Write(rest[..literal]);
            return literal;
        }

        // Registers, relocation operators and macro arguments are not symbols. Calls through the PLT and direct ones link alike.
        if (rest[0] is (byte)'%' or (byte)'@' or (byte)'\\')
        {
            var length = 1 + OperandText.WordLength(rest[1..]);
            var isPlt = rest[0] == (byte)'@' && (rest[1..length].SequenceEqual("PLT"u8) || rest[1..length].SequenceEqual("plt"u8));
            Write(isPlt ? default : rest[..length]);
            return length;
        }

        var word = OperandText.WordLength(rest);
        if (word == 0 || OperandText.IsDigit(rest[0]) || word == 1)
        {
            word = Math.Max(word, 1);
            Write(word == 1 && rest[..1].SequenceEqual(_self.Span) ? "<self>"u8 : rest[..word]);
            return word;
        }

        var symbol = rest[..word];
        if (!LocalLabels.IsLocal(symbol))
        {
            WriteSymbol(symbol);
            return word;
        }

        return word + WriteLocal(symbol, rest[word..]);
    }

    /// <summary>Writes what a local symbol stands for and tells how much of the text behind it that took.</summary>
    private int WriteLocal(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> behind)
    {
        if (_labels.Contains(symbol))
        {
            WriteLabel(symbol);
            return 0;
        }

        // Constants that are the end of another one are set to a place in it.
        long sum = 0;
        for (var i = 0; i < MaxSetChain && scan.Data.TryFindSet(symbol, out var expression)
            && SymbolOffset.TryRead(expression.Span, out var length, out var offset); i++)
        {
            symbol = expression.Span[..length];
            sum += offset;
        }

        var taken = 0;
        if (LocalLabels.IsAnchor(symbol))
        {
            taken = SymbolOffset.ReadOffset(behind, out var offset);
            sum += offset;
            if (scan.Data.TryResolveAnchor(symbol, sum, out var label, out var distance))
            {
                _anchors.Add(SymbolName.Text(symbol));
                if (sum == 0)
                {
                    WriteBareAnchor(label.Span);
                    return taken;
                }

                symbol = label.Span;
                sum = distance;
            }
            else
            {
                scan.Note(1, $"the place of the section anchor '{SymbolName.Text(symbol)}'");
                Write(symbol);
                WriteOffset(sum);
                return taken;
            }
        }

        if (scan.Data.Find(symbol) is { } block && LocalLabels.IsLocal(symbol))
        {
            if (!TryWriteLoaded(block, sum))
            {
                WriteData(block);
                WriteOffset(sum);
            }

            return taken;
        }

        if (LocalLabels.IsLocal(symbol))
        {
            WriteLabel(symbol);
        }
        else
        {
            WriteSymbol(symbol);
        }

        WriteOffset(sum);
        return taken;
    }

    /// <summary>Writes the bytes that the statement loads of a constant; false if it does not load, or not plain bytes.</summary>
    private bool TryWriteLoaded(DataBlock block, long offset)
    {
        var statement = text.Span[_statement.Start.._statement.End];
        var mnemonic = statement[..OperandText.WordLength(statement)];
        if (!LoadedConstant.IsLoad(mnemonic, _output.WrittenSpan, syntax.Loads))
        {
            return false;
        }

        var bytes = new List<byte>();
        foreach (var (start, end) in Statements(block))
        {
            if (!LoadedConstant.TryAdd(text.Span[start..end], syntax, bytes))
            {
                return false;
            }
        }

        if (offset < 0 || offset >= bytes.Count)
        {
            return false;
        }

        var width = LoadedConstant.WidthOf(mnemonic, OperandText.Trim(statement[mnemonic.Length..]), syntax.Loads);
        Write(LoadedConstant.Mark);
        Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower([.. bytes.Skip((int)offset).Take(width)])));
        Write("}"u8);
        return true;
    }

    /// <summary>Writes an anchor from which any variable of its block may be reached; the first of them gives it a name.</summary>
    private void WriteBareAnchor(ReadOnlySpan<byte> first)
    {
        var block = scan.Data.Find(first);
        if (block is not null)
        {
            Examine(block);
        }

        Write(AnchoredCode.Mark);
        if (block is { MentionsCode: true })
        {
            WriteData(block);
        }
        else
        {
            Write(SymbolName.WithoutNumbers(first, new byte[first.Length]));
        }
    }

    private void WriteNumbered(ReadOnlySpan<byte> symbol)
    {
        var buffer = symbol.Length <= 256 ? stackalloc byte[256] : new byte[symbol.Length];
        var name = SymbolName.WithoutNumbers(symbol, buffer);
        Write(name);
        Write("{"u8);
        WriteNumber(_names.NumberOf(symbol, name));
        Write("}"u8);

        // Tables that GCC itself made of code have no other identity than their content; so have those of labels' addresses.
        if (scan.Data.Find(symbol) is { } block)
        {
            Examine(block);
            if (block.MentionsCode || name.SequenceEqual("CSWTCH"u8) || name.SequenceEqual("C"u8))
            {
                WriteData(block);
            }
        }
    }

    private void WriteData(DataBlock block)
    {
        Examine(block);
        Write("{"u8);
        if (block.Content is not null)
        {
            Write(block.Content);
        }
        else
        {
            if (!_tableNumbers.TryGetValue(block, out var number))
            {
                _tables.Add(block);
                number = _tableNumbers[block] = _tables.Count;
            }

            Write("table "u8);
            WriteNumber(number);
        }

        Write("}"u8);
    }

    /// <summary>Finds out whether data is the same wherever it stands, and if so, what it is.</summary>
    private void Examine(DataBlock block)
    {
        if (block.IsExamined)
        {
            return;
        }

        block.IsExamined = true;
        var mentionsSymbols = false;
        foreach (var (start, end) in Statements(block))
        {
            Mentions(text.Span[start..end], ref mentionsSymbols, block);
        }

        if (!mentionsSymbols)
        {
            var content = new ArrayBufferWriter<byte>();
            foreach (var (start, end) in Statements(block))
            {
                content.Write(content.WrittenCount > 0 ? "; "u8 : default);
                content.Write(text.Span[start..end]);
            }

            block.Content = Shorten(content.WrittenSpan);
        }
    }

    private static byte[] Shorten(ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        bytes.AsSpan().Replace((byte)'\t', (byte)' ');
        return bytes.Length <= MaxInlineContent
            ? bytes
            : [.. System.Text.Encoding.ASCII.GetBytes($"{bytes.Length} bytes of data, {Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}")];
    }

    private void Mentions(ReadOnlySpan<byte> statement, ref bool symbols, DataBlock block)
    {
        for (var i = OperandText.WordLength(statement); i < statement.Length;)
        {
            var rest = statement[i..];
            var length = OperandText.LiteralLength(rest);
            if (length == 0 && OperandText.WordLength(rest) is > 0 and var word)
            {
                length = word;
                var symbol = rest[..word];
                if (!OperandText.IsDigit(symbol[0]))
                {
                    symbols = true;
                    block.MentionsCode |= LocalLabels.IsLocal(symbol) && !LocalLabels.IsAnchor(symbol)
                        && scan.Data.Find(symbol) is null && !scan.Data.TryFindSet(symbol, out _);
                }
            }

            i += Math.Max(1, length);
        }
    }

    private IEnumerable<(int Start, int End)> Statements(DataBlock block)
    {
        for (var i = 0; i < block.Count; i++)
        {
            yield return scan.Data.Statements[block.First + i];
        }
    }

    private void WriteOffset(long offset)
    {
        if (offset != 0)
        {
            Write(offset > 0 ? "+"u8 : "-"u8);
            WriteNumber(Math.Abs(offset));
        }
    }

    private void WriteNumber(long number)
    {
        System.Buffers.Text.Utf8Formatter.TryFormat(number, _output.GetSpan(24), out var written);
        _output.Advance(written);
    }
}
