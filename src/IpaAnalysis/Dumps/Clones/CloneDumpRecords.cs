using System.Buffers;

namespace IpaAnalysis.Dumps.Clones;

/// <summary>Parses one record of a clone dump by its structure.</summary>
/// <remarks>
/// GCC prints <c>Callgraph clone;NODE;NODE;REASON</c> and <c>Callgraph removal;NODE</c> with NODE =
/// <c>name;order;file;line;column</c> (<c>dump_callgraph_transformation</c> and <c>cgraph_node::remove</c>); patched GCC 4.8
/// to 6 has <c>NODE;&lt;-;NODE;optimization:;REASON</c>. When <c>;</c> in names or files allows several readings: a reason
/// holds none; the first name is the shortest possible (files hold <c>;</c> more often than symbols); of the ways to part
/// the nodes, equal locations win (a clone lies where its original does), then equal files, then the shorter second name
/// in fields, then the shorter first file.
/// </remarks>
internal static class CloneDumpRecords
{
    private const byte Separator = (byte)';';

    /// <summary>How many ways to part two nodes are weighed: bounds the work that hostile text can ask for.</summary>
    private const int MaxWays = 16;

    private static readonly SearchValues<byte> s_reasonCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ()-.+$"u8);

    private static ReadOnlySpan<byte> CloneStart => "Callgraph clone;"u8;

    private static ReadOnlySpan<byte> RemovalStart => "Callgraph removal;"u8;

    private static ReadOnlySpan<byte> AnyStart => "Callgraph"u8;

    private static ReadOnlySpan<byte> Inlining => "inlining to"u8;

    private static ReadOnlySpan<byte> OldArrow => ";<-;"u8;

    private static ReadOnlySpan<byte> OldReason => ";optimization:;"u8;

    /// <summary>Whether a record begins here.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text) => text.StartsWith(CloneStart) || text.StartsWith(RemovalStart);

    /// <summary>Parses a whole record.</summary>
    /// <param name="text">The line, or the joined lines.</param>
    /// <param name="line">Its number.</param>
    /// <param name="record">The record.</param>
    /// <param name="isUsual">Whether every <c>;</c> separates and nothing speaks against the record; else see <see cref="IsDamaged"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, int line, out CloneDumpRecord record, out bool isUsual)
    {
        isUsual = true;
        if (text.StartsWith(CloneStart))
        {
            var fields = text[CloneStart.Length..];
            if (TryUsual(fields, line, out record))
            {
                return true;
            }

            isUsual = false;
            return TryOld(fields, line, out record) || TryAny(fields, line, out record);
        }

        if (text.StartsWith(RemovalStart))
        {
            var fields = text[RemovalStart.Length..];
            if (TryUsualRemoval(fields, line, out record))
            {
                return true;
            }

            isUsual = false;
            if (TryNode(fields, out var removed))
            {
                record = new CloneDumpRecord(CloneDumpRecordKind.Removal, removed, default, default, line);
                return true;
            }
        }

        record = default;
        return false;
    }

    /// <summary>
    /// Whether a record that could be read is still no line that GCC wrote: another record begins in it, a symbol
    /// holds a number between separators, as only a whole node does, or the reason is none.
    /// </summary>
    public static bool IsDamaged(ReadOnlySpan<byte> text, in CloneDumpRecord record) =>
        text[1..].IndexOf(CloneStart) >= 0
        || text[1..].IndexOf(RemovalStart) >= 0
        || HoldsNumber(record.Original.Symbol)
        || HoldsNumber(record.Copy.Symbol)
        || !IsReason(record.Reason);

    /// <summary>Whether a name or file holds a number between separators.</summary>
    public static bool HoldsNumber(ReadOnlySpan<byte> name)
    {
        if (name.Contains(Separator))
        {
            foreach (var range in name.Split(Separator))
            {
                if (DumpText.TryNumber(name[range], out _))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a field is a number that does not fit an <see cref="int"/>.</summary>
    public static bool HasTooLargeNumber(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split(Separator))
        {
            var field = text[range];
            if (field.Length >= 10 && !field.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !DumpText.TryNumber(field, out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fast path: every <c>;</c> separates and nothing looks like damage.</summary>
    private static bool TryUsual(ReadOnlySpan<byte> fields, int line, out CloneDumpRecord record)
    {
        Span<int> ends = stackalloc int[10];
        if (FieldEnds.TryFind(fields, Separator, ends)
            && TryUsualNode(fields, 0, ends[..4], ends[4], out var original)
            && TryUsualNode(fields, ends[4] + 1, ends[5..9], ends[9], out var copy)
            && fields[(ends[9] + 1)..] is var reason
            && (reason.SequenceEqual(Inlining) || IsReason(reason)))
        {
            record = new CloneDumpRecord(CloneDumpRecordKind.Clone, original, copy, reason, line);
            return true;
        }

        record = default;
        return false;
    }

    /// <summary>The same for a removal.</summary>
    private static bool TryUsualRemoval(ReadOnlySpan<byte> fields, int line, out CloneDumpRecord record)
    {
        Span<int> ends = stackalloc int[4];
        if (FieldEnds.TryFind(fields, Separator, ends) && TryUsualNode(fields, 0, ends, fields.Length, out var removed))
        {
            record = new CloneDumpRecord(CloneDumpRecordKind.Removal, removed, default, default, line);
            return true;
        }

        record = default;
        return false;
    }

    private static bool TryUsualNode(ReadOnlySpan<byte> fields, int start, scoped ReadOnlySpan<int> ends, int end, out CloneDumpNode node)
    {
        var name = fields[start..ends[0]];
        var file = fields[(ends[1] + 1)..ends[2]];
        if (TryUsualNumber(fields[(ends[0] + 1)..ends[1]], out var order)
            && TryUsualNumber(fields[(ends[2] + 1)..ends[3]], out var line)
            && TryUsualNumber(fields[(ends[3] + 1)..end], out var column)
            && !EndsAsStart(name)
            && !EndsAsStart(file))
        {
            return TryMake(name, order, new SourceLocation(file, line, column), out node);
        }

        node = default;
        return false;
    }

    /// <summary>Reads a number of up to nine digits as printf writes it; longer and negative ones are left to the slow path.</summary>
    private static bool TryUsualNumber(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (text.Length is 0 or > 9 || (text[0] == (byte)'0' && text.Length > 1))
        {
            return false;
        }

        foreach (var character in text)
        {
            var digit = character - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    /// <summary>The first words of a record end with a separator, so where every separator counts a name or file ends with them.</summary>
    private static bool EndsAsStart(ReadOnlySpan<byte> field) =>
        field.Length >= CloneStart.Length - 1
        && (field[^6] == (byte)' ' || field[^8] == (byte)' ')
        && (field.EndsWith(CloneStart[..^1]) || field.EndsWith(RemovalStart[..^1]));

    /// <summary>GCC's own reasons are words; those of plugins are taken for words too.</summary>
    private static bool IsReason(ReadOnlySpan<byte> reason) =>
        !reason.ContainsAnyExcept(s_reasonCharacters) && reason.IndexOf(AnyStart) < 0;

    private static bool TryOld(ReadOnlySpan<byte> fields, int line, out CloneDumpRecord record)
    {
        record = default;
        var reason = fields.LastIndexOf(OldReason);
        var arrow = fields.IndexOf(OldArrow);
        if (reason < 0
            || arrow < 0
            || arrow + OldArrow.Length > reason
            || !TryNode(fields[..arrow], out var original)
            || !TryNode(fields[(arrow + OldArrow.Length)..reason], out var copy))
        {
            return false;
        }

        record = new CloneDumpRecord(CloneDumpRecordKind.Clone, original, copy, fields[(reason + OldReason.Length)..], line);
        return true;
    }

    /// <summary>The slow path: reason and last two numbers from the right, then one pass over the ways to part the nodes.</summary>
    private static bool TryAny(ReadOnlySpan<byte> fields, int line, out CloneDumpRecord record)
    {
        record = default;
        var end = fields.LastIndexOf(Separator);
        if (end < 0
            || !TryTakeLastNumber(fields[..end], out var rest, out var copyColumn)
            || !TryTakeLastNumber(rest, out rest, out var copyLine)
            || !TryHead(rest, out var name, out var order, out rest))
        {
            return false;
        }

        // Between the ends is left: file;line;column;name;order;file. Each separator may end the first node.
        var best = -1;
        var ways = 0;
        var (fileEnd, lineEnd, columnEnd) = (-1, -1, rest.IndexOf(Separator));
        for (; columnEnd >= 0 && ways < MaxWays; (fileEnd, lineEnd, columnEnd) = (lineEnd, columnEnd, NextSeparator(rest, columnEnd)))
        {
            if (fileEnd < 0
                || !DumpText.TryNumber(rest[(lineEnd + 1)..columnEnd], out var column)
                || !DumpText.TryNumber(rest[(fileEnd + 1)..lineEnd], out var lineNumber))
            {
                continue;
            }

            if (!TryHead(rest[(columnEnd + 1)..], out var copyName, out var copyOrder, out var copyFile))
            {
                break;
            }

            ways++;
            if (TryMake(name, order, new SourceLocation(rest[..fileEnd], lineNumber, column), out var original)
                && TryMake(copyName, copyOrder, new SourceLocation(copyFile, copyLine, copyColumn), out var copy)
                && Likelihood(original, copy) is var likelihood
                && likelihood > best)
            {
                best = likelihood;
                record = new CloneDumpRecord(CloneDumpRecordKind.Clone, original, copy, fields[(end + 1)..], line);
            }
        }

        return best >= 0;
    }

    private static int NextSeparator(ReadOnlySpan<byte> text, int separator)
    {
        var distance = text[(separator + 1)..].IndexOf(Separator);
        return distance < 0 ? -1 : separator + 1 + distance;
    }

    /// <summary>How likely a way to part two nodes is; ties go to the earlier one.</summary>
    private static int Likelihood(in CloneDumpNode original, in CloneDumpNode copy)
    {
        const int SameFile = 1 << 29;
        const int SamePlace = 1 << 30;
        var likelihood = SameFile - 1 - Math.Min(copy.Symbol.Count(Separator), SameFile - 1);
        if (original.Location.File.SequenceEqual(copy.Location.File))
        {
            var samePlace = original.Location.Line == copy.Location.Line && original.Location.Column == copy.Location.Column;
            likelihood += samePlace ? SamePlace : SameFile;
        }

        return likelihood;
    }

    /// <summary>Parses a node that is the whole span: numbers from the right, then the shortest name from the left.</summary>
    private static bool TryNode(ReadOnlySpan<byte> text, out CloneDumpNode node)
    {
        if (TryTakeLastNumber(text, out var rest, out var column)
            && TryTakeLastNumber(rest, out rest, out var line)
            && TryHead(rest, out var name, out var order, out var file))
        {
            return TryMake(name, order, new SourceLocation(file, line, column), out node);
        }

        node = default;
        return false;
    }

    private static bool TryTakeLastNumber(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> before, out int value)
    {
        var separator = text.LastIndexOf(Separator);
        before = separator < 0 ? default : text[..separator];
        value = 0;
        return separator >= 0 && DumpText.TryNumber(text[(separator + 1)..], out value);
    }

    /// <summary>Parts <c>name;order;file</c> with the shortest name.</summary>
    private static bool TryHead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name, out int order, out ReadOnlySpan<byte> file)
    {
        var nameEnd = text.IndexOf(Separator);
        while (nameEnd >= 0)
        {
            var orderStart = nameEnd + 1;
            var length = text[orderStart..].IndexOf(Separator);
            if (length < 0)
            {
                break;
            }

            if (DumpText.TryNatural(text.Slice(orderStart, length), out order))
            {
                name = text[..nameEnd];
                file = text[(orderStart + length + 1)..];
                return true;
            }

            nameEnd = orderStart + length;
        }

        name = file = default;
        order = 0;
        return false;
    }

    /// <summary>Makes a node, unless the symbol is empty: nothing that reaches an object file has no name.</summary>
    private static bool TryMake(ReadOnlySpan<byte> name, int order, SourceLocation location, out CloneDumpNode node)
    {
        node = new CloneDumpNode(name, order, location);
        return !node.Symbol.IsEmpty;
    }
}
