using System.Buffers.Text;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Flow;

/// <summary>A function's normalised code as lines between which control flows: labels by their places, tables apart, alignment left out.</summary>
internal sealed class FlowCode
{
    private readonly ReadOnlyMemory<byte> _code;
    private readonly List<(int Start, int End)> _lines = [];
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _labels = Utf8Keys.Table<int>();
    private readonly List<List<(int Start, int End)>> _tables = [];

    /// <summary>Takes a code apart.</summary>
    /// <param name="code">The code, each statement with a newline.</param>
    public FlowCode(ReadOnlyMemory<byte> code)
    {
        _code = code;
        var isInText = true;
        List<(int, int)>? table = null;
        for (var start = 0; start < code.Length;)
        {
            var length = code.Span[start..].IndexOf((byte)'\n');
            var (from, end) = (start, length < 0 ? code.Length : start + length);
            var line = code.Span[from..end];
            start = end + 1;
            if (line.StartsWith("[table "u8))
            {
                _tables.Add(table = []);
            }
            else if (table is not null)
            {
                table.Add((from, end));
            }
            else if (line.EndsWith(":"u8) && (LocalLabels.IsLocal(line) || line.SequenceEqual("<self>.cold:"u8)))
            {
                _labels[code[from..(end - 1)]] = _lines.Count;
            }
            else if (!(isInText && Directives.IsAlignment(line)))
            {
                isInText = line.StartsWith("["u8) ? line.SequenceEqual("[.text]"u8) : isInText;
                _lines.Add((from, end));
            }
        }
    }

    /// <summary>How many lines there are, without labels, alignment and tables.</summary>
    public int Count => _lines.Count;

    /// <summary>How many tables there are.</summary>
    public int TableCount => _tables.Count;

    /// <summary>A line.</summary>
    public ReadOnlySpan<byte> Line(int index) => _code.Span[_lines[index].Start.._lines[index].End];

    /// <summary>How many lines a table has.</summary>
    /// <param name="table">Its number, from 1 on.</param>
    public int TableLength(int table) => table > 0 && table <= _tables.Count ? _tables[table - 1].Count : -1;

    /// <summary>A line of a table.</summary>
    public ReadOnlySpan<byte> TableLine(int table, int index) => _code.Span[_tables[table - 1][index].Start.._tables[table - 1][index].End];

    /// <summary>The index of the line behind a label; -1 if it is not of this code.</summary>
    public int PlaceOf(ReadOnlySpan<byte> label) => _labels.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(label, out var place) ? place : -1;

    /// <summary>
    /// Finds the next thing in a line that is numbered by the order in which it appears: a local label, a table, or a name with a number
    /// (<c>n{2}</c>). What stands before it, and a name before its brace, is to be compared as it is.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="length">The length of what was found.</param>
    /// <param name="number">The number of a table or name; 0 for a label.</param>
    /// <returns>The offset of what was found; the line's length for nothing.</returns>
    public static int FindNumbered(ReadOnlySpan<byte> line, int start, out int length, out int number)
    {
        (length, number) = (0, 0);
        for (var i = start; i < line.Length;)
        {
            var rest = line[i..];
            if (OperandText.LiteralLength(rest) is > 0 and var literal)
            {
                i += literal;
            }
            else if (OperandText.WordLength(rest) is > 0 and var word)
            {
                if (LocalLabels.IsLocal(rest[..word]))
                {
                    length = word;
                    return i;
                }

                i += word;
            }
            else if (rest[0] == (byte)'{')
            {
                var digits = rest.StartsWith("{table "u8) ? "{table ".Length : 1;
                if (Utf8Parser.TryParse(rest[digits..], out number, out var used) && digits + used < rest.Length && rest[digits + used] == (byte)'}')
                {
                    length = digits + used + 1;
                    return i;
                }

                i++;
            }
            else
            {
                i++;
            }
        }

        return line.Length;
    }
}
