namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>What is said of the records of a call graph that are not understood: cause and remedy.</summary>
internal static class CallGraphMessages
{
    private static readonly RecordMessages s_messages = new("file", 10);

    /// <summary>Of an alias that the next record does not explain.</summary>
    public static string AliasWithoutTarget =>
        $"This record names an alias, but the next one does not say what it is an alias of, so it is left out: {s_messages.CutOff}";

    /// <summary>Of a line that could not be read.</summary>
    public static string Unreadable(ReadOnlySpan<byte> line) =>
        CallGraphRecords.IsStart(line) ? $"This record is not complete, so it is left out: {s_messages.CutOff}"
        : RecordMessages.KindOf(line, 0, line.IndexOf(": {"u8)) is { Length: > 0 } kind ? s_messages.UnknownKind(kind)
        : $"This line is no record of a call graph and continues none. {s_messages.CompileAlone}";

    /// <summary>Of a record that could be read but for its end.</summary>
    public static string UnknownPart(scoped in CallGraphRecord record) => s_messages.UnknownEnd(record.UnknownPart);
}
