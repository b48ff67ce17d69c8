using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.Steps;

/// <summary>What is kept of a step between builds.</summary>
/// <param name="Key">Hash of its input.</param>
/// <param name="Result">Hash of its result.</param>
internal sealed record StepRecord(byte[] Key, byte[] Result)
{
    /// <summary>The reason of a step that now has an input and a result.</summary>
    /// <param name="last">What the last build kept of it; null for nothing.</param>
    public StepReason Since(StepRecord? last) =>
        last is null ? StepReason.New
        : Key.AsSpan().SequenceEqual(last.Key) && Result.AsSpan().SequenceEqual(last.Result) ? StepReason.Cached
        : Result.AsSpan().SequenceEqual(last.Result) ? StepReason.Unchanged
        : StepReason.Modified;

    /// <summary>Writes it to a state file.</summary>
    public static void Write(BinaryWriter writer, StepRecord record)
    {
        writer.WriteBlock(record.Key);
        writer.WriteBlock(record.Result);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static StepRecord Read(StateReader reader) => new(reader.ReadBlock(), reader.ReadBlock());
}
