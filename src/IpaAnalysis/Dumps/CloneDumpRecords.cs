namespace IpaAnalysis.Dumps;

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

    private static ReadOnlySpan<byte> CloneStart => "Callgraph clone;"u8;

    private static ReadOnlySpan<byte> RemovalStart => "Callgraph removal;"u8;

    private static ReadOnlySpan<byte> OldArrow => ";<-;"u8;

    private static ReadOnlySpan<byte> OldReason => ";optimization:;"u8;

    /// <summary>Whether a record begins here.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text) => text.StartsWith(CloneStart) || text.StartsWith(RemovalStart);

    /// <summary>Parses a whole record.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int line, out CloneDumpRecord record)
    {
        if (text.StartsWith(CloneStart))
        {
            var fields = text[CloneStart.Length..];
            return TryUsual(fields, line, out record) || TryOld(fields, line, out record) || TryAny(fields, line, out record);
        }

        if (text.StartsWith(RemovalStart) && TryNode(text[RemovalStart.Length..], out var node))
        {
            record = new CloneDumpRecord(CloneDumpRecordKind.Removal, node, default, default, line);
            return true;
        }

        record = default;
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

    /// <summary>The fast path: every <c>;</c> separates.</summary>
    private static bool TryUsual(ReadOnlySpan<byte> rest, int line, out CloneDumpRecord record)
    {
        if (TryTakeNode(ref rest, out var original) && TryTakeNode(ref rest, out var copy) && !rest.Contains(Separator))
        {
            record = new CloneDumpRecord(CloneDumpRecordKind.Clone, original, copy, rest, line);
            return true;
        }

        record = default;
        return false;
    }

    private static bool TryTakeNode(scoped ref ReadOnlySpan<byte> rest, out CloneDumpNode node)
    {
        if (TryTake(ref rest, out var name)
            && TryTakeNumber(ref rest, out var order)
            && TryTake(ref rest, out var file)
            && TryTakeNumber(ref rest, out var line)
            && TryTakeNumber(ref rest, out var column))
        {
            return TryMake(name, order, new SourceLocation(file, line, column), out node);
        }

        node = default;
        return false;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        var end = rest.IndexOf(Separator);
        if (end < 0)
        {
            field = default;
            return false;
        }

        field = rest[..end];
        rest = rest[(end + 1)..];
        return true;
    }

    /// <summary>Takes a number of up to nine digits; longer and negative ones are left to the slow path.</summary>
    private static bool TryTakeNumber(scoped ref ReadOnlySpan<byte> rest, out int value)
    {
        value = 0;
        for (var i = 0; i < rest.Length && i < 10; i++)
        {
            var digit = rest[i] - '0';
            if ((uint)digit <= 9)
            {
                value = (value * 10) + digit;
                continue;
            }

            if (i == 0 || rest[i] != Separator)
            {
                return false;
            }

            rest = rest[(i + 1)..];
            return true;
        }

        return false;
    }

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
