namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>Parses one record of a call graph by its structure (GCC's <c>dump_final_node_vcg</c> and <c>dump_final_callee_vcg</c>).</summary>
internal static class CallGraphRecords
{
    /// <summary>How many parts a file name may have by its own backslashes: bounds the work that hostile text can ask for.</summary>
    private const int MaxFileParts = 16;

    private const byte Quote = (byte)'"';
    private const byte Colon = (byte)':';
    private const byte Backslash = (byte)'\\';

    private static ReadOnlySpan<byte> GraphStart => "graph: { title: \""u8;

    private static ReadOnlySpan<byte> NodeStart => "node: { title: \""u8;

    private static ReadOnlySpan<byte> EdgeStart => "edge: { sourcename: \""u8;

    private static ReadOnlySpan<byte> TargetName => "\" targetname: \""u8;

    private static ReadOnlySpan<byte> Label => "\" label: \""u8;

    private static ReadOnlySpan<byte> IndirectCall => "__indirect_call"u8;

    private static ReadOnlySpan<byte> Placeholder => "Indirect Call Placeholder"u8;

    /// <summary>What GCC puts between the parts of a label: a backslash and an n.</summary>
    private static ReadOnlySpan<byte> PartEnd => "\\n"u8;

    /// <summary>Whether a record begins here.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text) =>
        text.StartsWith(EdgeStart) || text.StartsWith(NodeStart) || text.StartsWith(GraphStart);

    /// <summary>Whether the line closes a graph.</summary>
    public static bool IsEnd(ReadOnlySpan<byte> line) => line.Length == 1 && line[0] == (byte)'}';

    /// <summary>The main file of a line that begins a graph.</summary>
    public static ReadOnlySpan<byte> MainFile(ReadOnlySpan<byte> text) => text[GraphStart.Length..^1];

    /// <summary>Parses a whole record.</summary>
    /// <param name="text">The line, or the joined lines.</param>
    /// <param name="titles">How the graph's titles are read.</param>
    /// <param name="line">Its number.</param>
    /// <param name="record">The record.</param>
    /// <param name="isUsual">Whether nothing speaks against the record; else see <see cref="IsDamaged"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, CallGraphTitles titles, int line, out CallGraphRecord record, out bool isUsual)
    {
        if (text.StartsWith(EdgeStart) && CallGraphEnd.TryFind(text, out var edgeEnd))
        {
            return TryCall(text[EdgeStart.Length..], edgeEnd, titles, line, out record, out isUsual);
        }

        if (text.StartsWith(NodeStart) && CallGraphEnd.TryFind(text, out var nodeEnd))
        {
            return TryFunction(text[NodeStart.Length..], nodeEnd, titles, line, out record, out isUsual);
        }

        if (text.StartsWith(GraphStart) && text.Length > GraphStart.Length && text[^1] == (byte)'"')
        {
            record = new CallGraphRecord
            {
                Kind = CallGraphRecordKind.Unit,
                MainFile = MainFile(text),
                Line = line,
            };
            isUsual = !MainFile(text).Contains(Quote);
            return true;
        }

        isUsual = false;
        record = default;
        return false;
    }

    /// <summary>
    /// Whether a record that could be read is still none that GCC wrote: another record begins in it, a name holds a quote,
    /// which GCC leaves out, or the decorations are none.
    /// </summary>
    public static bool IsDamaged(ReadOnlySpan<byte> text, in CallGraphRecord record) =>
        text[1..].IndexOf(EdgeStart) >= 0
        || text[1..].IndexOf(NodeStart) >= 0
        || text[1..].IndexOf(GraphStart) >= 0
        || record.Symbol.Contains(Quote)
        || record.Name.Contains(Quote)
        || record.Caller.Contains(Quote)
        || record.Callee.Contains(Quote)
        || record.HasUnknownDecoration;

    /// <summary>Whether a file name may as well be the rest of two records: it holds a quote, a backslash, or a number between colons.</summary>
    public static bool IsUnusual(ReadOnlySpan<byte> file)
    {
        if (file.IndexOfAny(Quote, Colon, Backslash) < 0)
        {
            return false;
        }

        if (file.ContainsAny(Quote, Backslash))
        {
            return true;
        }

        foreach (var part in file.Split(Colon))
        {
            if (DumpText.TryNumber(file[part], out _))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Parses <c>CALLER" targetname: "CALLEE" label: "LOCATION" }</c>; the label may be missing.</summary>
    private static bool TryCall(ReadOnlySpan<byte> text, CallGraphEnd end, CallGraphTitles titles, int line, out CallGraphRecord record, out bool isUsual)
    {
        record = default;
        isUsual = end.Kind == CallGraphEndKind.Plain;

        // The quotes of names are left out, so the first one ends the name.
        var callerEnd = text.IndexOf(Quote);
        if (callerEnd >= 0 && !text[callerEnd..].StartsWith(TargetName))
        {
            isUsual = false;
            callerEnd = text.IndexOf(TargetName);
        }

        if (callerEnd < 0 || callerEnd + TargetName.Length > text.Length - end.Length || end.Kind is CallGraphEndKind.Ellipse or CallGraphEndKind.Triangle)
        {
            return false;
        }

        var callee = text[(callerEnd + TargetName.Length)..^end.Length];
        var calleeEnd = callee.IndexOf(Quote);
        var location = default(SourceLocation);
        if (calleeEnd >= 0)
        {
            if (!callee[calleeEnd..].StartsWith(Label))
            {
                isUsual = false;
                calleeEnd = callee.IndexOf(Label);
            }

            if (calleeEnd >= 0)
            {
                if (!DumpText.TryLocation(callee[(calleeEnd + Label.Length)..], out location))
                {
                    return false;
                }

                isUsual &= !IsUnusual(location.File);
                callee = callee[..calleeEnd];
            }
        }

        var indirect = callee.SequenceEqual(IndirectCall);
        var caller = titles.Symbol(text[..callerEnd], out _);
        var symbol = indirect ? default : titles.Symbol(callee, out _);
        if (caller.IsEmpty || (symbol.IsEmpty && !indirect))
        {
            return false;
        }

        record = new CallGraphRecord
        {
            Kind = CallGraphRecordKind.Call,
            Caller = caller,
            Callee = symbol,
            IsIndirect = indirect,
            Location = location,
            Line = line,
            UnknownPart = end.UnknownPart(text),
        };
        return true;
    }

    /// <summary>
    /// Parses <c>TITLE" label: "NAME\nLOCATION\nDECORATIONS" }</c>, or with an ellipse for what is only declared, a triangle
    /// for an alias.
    /// </summary>
    private static bool TryFunction(ReadOnlySpan<byte> text, CallGraphEnd end, CallGraphTitles titles, int line, out CallGraphRecord record, out bool isUsual)
    {
        record = default;
        isUsual = end.Kind != CallGraphEndKind.Unknown;
        var defined = end.Kind == CallGraphEndKind.Plain;
        var titleEnd = text.IndexOf(Quote);
        if (titleEnd >= 0 && !text[titleEnd..].StartsWith(Label))
        {
            isUsual = false;
            titleEnd = text.IndexOf(Label);
        }

        var labelStart = titleEnd + Label.Length;
        var labelEnd = text.Length - end.Length;
        if (titleEnd < 0 || labelStart > labelEnd)
        {
            return false;
        }

        var title = text[..titleEnd];
        var label = text[labelStart..labelEnd];
        if (title.SequenceEqual(IndirectCall) && label.SequenceEqual(Placeholder))
        {
            record = new CallGraphRecord { Kind = CallGraphRecordKind.Function, IsPlaceholder = true, Line = line };
            return true;
        }

        var nameEnd = label.IndexOf(PartEnd);
        var symbol = titles.Symbol(title, out var qualified);
        if (symbol.IsEmpty || nameEnd < 0 || !TryOrigin(label[(nameEnd + PartEnd.Length)..], out var location, out var decorations))
        {
            return false;
        }

        var isDecorated = (defined || end.Kind == CallGraphEndKind.Unknown ? CallGraphDecorations.Are(decorations) : decorations.IsEmpty) && nameEnd > 0 && !label[..nameEnd].Contains(Backslash);
        isUsual &= isDecorated && !IsUnusual(location.File) && !label[..nameEnd].Contains(Quote);
        record = new CallGraphRecord
        {
            Kind = end.Kind == CallGraphEndKind.Triangle ? CallGraphRecordKind.Alias : CallGraphRecordKind.Function,
            Symbol = symbol,
            Name = label[..nameEnd],
            IsLocalOrWeak = qualified,
            IsDefined = defined,
            Location = location,
            Line = line,
            HasUnknownDecoration = !isDecorated,
            UnknownPart = end.UnknownPart(text),
        };
        return true;
    }

    /// <summary>Finds where the location ends and the decorations begin: a file name may hold a backslash and an n too.</summary>
    private static bool TryOrigin(ReadOnlySpan<byte> text, out SourceLocation location, out ReadOnlySpan<byte> decorations)
    {
        var end = 0;
        for (var parts = 0; parts < MaxFileParts; parts++)
        {
            var length = text[end..].IndexOf(PartEnd);
            end = length < 0 ? text.Length : end + length;
            if (DumpText.TryLocation(text[..end], out location))
            {
                decorations = text[end..];
                return true;
            }

            if (length < 0)
            {
                break;
            }

            end += PartEnd.Length;
        }

        location = default;
        decorations = default;
        return false;
    }
}
