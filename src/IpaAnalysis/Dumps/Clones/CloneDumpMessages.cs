namespace IpaAnalysis.Dumps.Clones;

/// <summary>What is said of the lines of a clone dump that are not understood: cause and remedy.</summary>
internal static class CloneDumpMessages
{
    private static readonly RecordMessages s_messages = new("dump", 7);

    private static ReadOnlySpan<byte> AnyStart => "Callgraph "u8;

    /// <summary>Of a line that could not be read.</summary>
    public static string Unreadable(ReadOnlySpan<byte> line)
    {
        if (!CloneDumpRecords.IsStart(line))
        {
            return line.StartsWith(AnyStart) && RecordMessages.KindOf(line, AnyStart.Length, line.IndexOf((byte)';')) is { Length: > 0 } kind
                ? s_messages.UnknownKind(kind)
                : $"This line is no record of a clone dump and continues none. {s_messages.CompileAlone}";
        }

        return CloneDumpRecords.HasTooLargeNumber(line)
            ? $"A number in this record is larger than GCC can have written, so the record is left out. {s_messages.CompileAlone}"
            : $"This record lacks fields, so it is left out: {s_messages.CutOff}";
    }
}
