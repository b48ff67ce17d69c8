using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace IpaAnalysis.CommandLines.Options;

/// <summary>
/// Reads the rows of a table that the assembly carries. A build that splits commands reads all 2,584 of GCC's, so cells are compared
/// as the bytes that they are: 1.5 ms and 0.8 MB, where splitting lines of text took 2.4 ms and 1.7 MB.
/// </summary>
internal ref struct OptionTableReader(ReadOnlySpan<byte> rows)
{
    private const byte CellEnd = (byte)'\t';
    private const byte RowEnd = (byte)'\n';
    private const byte Comment = (byte)'#';

    private ReadOnlySpan<byte> _rows = rows;
    private ReadOnlySpan<byte> _row;

    /// <summary>Reads a whole table.</summary>
    /// <param name="resource">The resource's name.</param>
    /// <param name="options">Takes the options, in the order of their rows.</param>
    /// <param name="targets">Takes for each the name of what it is another spelling of; null for none.</param>
    public static void Read(string resource, List<GccOption> options, List<string?> targets)
    {
        using var stream = typeof(OptionTableReader).Assembly.GetManifestResourceStream(resource)!;
        var length = checked((int)stream.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            stream.ReadExactly(bytes, 0, length);
            var reader = new OptionTableReader(bytes.AsSpan(0, length));
            while (reader.MoveNext())
            {
                options.Add(reader.Read(out var target));
                targets.Add(target);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private bool MoveNext()
    {
        while (!_rows.IsEmpty)
        {
            _row = Take(ref _rows, RowEnd);
            if (_row is not [Comment, ..])
            {
                return true;
            }
        }

        return false;
    }

    private GccOption Read(out string? target)
    {
        var name = Text(Cell());
        var form = Cell();
        var notes = Cell();
        target = TextOrNull(Cell());
        var negatedValue = Cell();
        var value = Take(ref negatedValue, (byte)',');
        var since = Version(Cell());
        var until = Version(Cell());
        var where = Cell();
        var effect = Cell();
        var isJoined = form.StartsWith("joined"u8);
        var isNowhere = where.SequenceEqual("."u8);
        return new GccOption
        {
            Name = name,
            IsJoined = isJoined,
            IsSeparate = form.StartsWith("separate"u8) || form.SequenceEqual("joined-or-separate"u8),
            MayLackArgument = form.SequenceEqual("joined-or-missing"u8),
            ArgumentCount = form.StartsWith("separate-"u8) ? Number(form["separate-".Length..]) : 1,
            HasNegative = notes.IndexOf("no-negative"u8) < 0,
            IsRefusedByDriver = notes.IndexOf("not-for-driver"u8) >= 0,
            StandsAloneInDriver = notes.IndexOf("alone-for-driver"u8) >= 0,
            AliasNegates = notes.IndexOf("alias-negates"u8) >= 0,
            AliasValue = TextOrNull(value),
            NegatedAliasValue = negatedValue.IsEmpty ? null : Text(negatedValue),
            Since = since,
            Until = until,
            Where = WhereOf(where),
            IsOfDriver = where.IndexOf("driver"u8) >= 0,
            IsOfC = !isNowhere && !IsOfOthersOnly(where),
            IsBarrier = isJoined && isNowhere,
            Effect = EffectOf(effect),
            DecidesPasses = Cell().SequenceEqual("yes"u8),
        };
    }

    private ReadOnlySpan<byte> Cell() => Take(ref _row, CellEnd);

    /// <summary>Takes what stands before an end, and the end.</summary>
    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> text, byte end)
    {
        var length = text.IndexOf(end);
        var taken = length < 0 ? text : text[..length];
        text = length < 0 ? default : text[(length + 1)..];
        return taken;
    }

    private static string Text(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell);

    private static string? TextOrNull(ReadOnlySpan<byte> cell) => cell.SequenceEqual("."u8) ? null : Text(cell);

    private static int Version(ReadOnlySpan<byte> cell) => cell.SequenceEqual("."u8) ? 0 : Number(cell);

    private static int Number(ReadOnlySpan<byte> cell) =>
        Utf8Parser.TryParse(cell, out int number, out var length) && length == cell.Length
            ? number
            : throw new FormatException($"'{Text(cell)}' in the table of options is no number.");

    private static bool IsOfOthersOnly(ReadOnlySpan<byte> where) =>
        where.SequenceEqual("driver"u8) || where.SequenceEqual("lto"u8) || where.SequenceEqual("c++"u8)
        || where.SequenceEqual("c++,driver"u8) || where.SequenceEqual("driver,lto"u8);

    // Half of the rows have one of these.
    private static string WhereOf(ReadOnlySpan<byte> cell) =>
        cell.SequenceEqual("common"u8) ? "common" : cell.SequenceEqual("c"u8) ? "c" : Text(cell);

    private static OptionEffect EffectOf(ReadOnlySpan<byte> cell) =>
        cell.SequenceEqual("code"u8) ? OptionEffect.Code
        : cell.SequenceEqual("text"u8) ? OptionEffect.Text
        : cell.SequenceEqual("warning"u8) ? OptionEffect.Warning
        : cell.SequenceEqual("messages"u8) ? OptionEffect.Messages
        : cell.SequenceEqual("writes"u8) ? OptionEffect.Writes
        : cell.SequenceEqual("input"u8) ? OptionEffect.Input
        : cell.SequenceEqual("output"u8) ? OptionEffect.Output
        : cell.SequenceEqual("loads"u8) ? OptionEffect.Loads
        : cell.SequenceEqual("profile"u8) ? OptionEffect.Profile
        : cell.SequenceEqual("link"u8) ? OptionEffect.Link
        : cell.SequenceEqual("parts"u8) ? OptionEffect.Parts
        : cell.SequenceEqual("preprocessed"u8) ? OptionEffect.Preprocessed
        : cell.SequenceEqual("nothing"u8) ? OptionEffect.Nothing
        : cell.SequenceEqual("other-language"u8) ? OptionEffect.OtherLanguage
        : OptionEffect.Unknown;
}
