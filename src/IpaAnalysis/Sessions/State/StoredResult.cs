using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.State;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions.State;

/// <summary>What the last analysis found, so that a build in which nothing changed reports the same without reading a dump.</summary>
/// <param name="Key">Hash of everything the analysis depends on, with the files' time stamps for their content.</param>
/// <param name="ContentKey">The same with the content itself.</param>
/// <param name="Steps">The steps that it took, from <see cref="BuildStep.Resolve"/> on, in their order.</param>
/// <param name="Gate">The gate's judgement.</param>
/// <param name="ManifestLength">Size of the manifest it wrote.</param>
/// <param name="ManifestTicks">Time stamp of that manifest.</param>
/// <param name="SarifLength">Size of the SARIF log it wrote; -1 for none.</param>
/// <param name="SarifTicks">Time stamp of that log; 0 for none.</param>
/// <param name="Diagnostics">What it reported, which collecting had not.</param>
/// <param name="UntrustedDirectories">Directories of trees in which compilers were not looked for.</param>
/// <param name="Programs">The compilers that were asked what options mean.</param>
/// <param name="Inputs">What compilers' answers depend on, which the keys do not tell: the code of objects, and files that were missing.</param>
/// <param name="Rows">What it gave to later targets.</param>
/// <param name="Summary">What it said in one line.</param>
internal sealed record StoredResult(
    byte[] Key,
    byte[] ContentKey,
    IReadOnlyList<StepRecord> Steps,
    StoredGate Gate,
    long ManifestLength,
    long ManifestTicks,
    long SarifLength,
    long SarifTicks,
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<string> UntrustedDirectories,
    IReadOnlyList<ProgramStamp> Programs,
    IReadOnlyList<ObservedFile> Inputs,
    IReadOnlyList<AffectedRow> Rows,
    string Summary)
{
    private const string Magic = "IPARESLT";

    /// <summary>The format of the payload.</summary>
    internal const int Version = 6;

    /// <summary>A key that no build has: the result must not stand for a later one's, as what failed may succeed then.</summary>
    public static byte[] NoKey { get; } = [];

    /// <summary>Whether manifest and SARIF log are those that this result wrote.</summary>
    public bool Describes(string manifest, string? sarif) =>
        Stamp(manifest) == (ManifestLength, ManifestTicks) && Stamp(sarif) == (SarifLength, SarifTicks);

    /// <summary>Size and time stamp of a file; -1 and 0 when there is none.</summary>
    public static (long Length, long Ticks) Stamp(string? path)
    {
        if (path is null)
        {
            return (-1, 0);
        }

        var info = new FileInfo(path);
        return info.Exists ? (info.Length, info.LastWriteTimeUtc.Ticks) : (-1, 0);
    }

    /// <summary>Writes it.</summary>
    public void Write(string path) => StateFile.Write(path, Magic, Version, writer =>
    {
        writer.WriteBlock(Key);
        writer.WriteBlock(ContentKey);
        writer.WriteList(Steps, StepRecord.Write);
        StoredGate.Write(writer, Gate);
        writer.Write(ManifestLength);
        writer.Write(ManifestTicks);
        writer.Write(SarifLength);
        writer.Write(SarifTicks);
        writer.WriteList(Diagnostics, (w, d) => w.WriteDiagnostic(d));
        writer.WriteList(UntrustedDirectories, static (w, d) => w.Write(d));
        writer.WriteList(Programs, static (w, p) => p.Write(w));
        writer.WriteList(Inputs, ObservedFile.Write);
        writer.WriteList(Rows, AffectedRow.Write);
        writer.Write(Summary);
    });

    /// <summary>Reads it; null when there is none of which either key is this one.</summary>
    public static StoredResult? TryRead(string path, byte[] key) => StateFile.TryRead(path, Magic, Version, reader => Read(reader, key));

    /// <summary>What the last build kept of its steps, whatever its keys; empty for nothing.</summary>
    public static IReadOnlyList<StepRecord> ReadSteps(string path) => StateFile.TryRead(path, Magic, Version, static reader =>
    {
        reader.ReadBlock();
        reader.ReadBlock();
        return reader.ReadList(StepRecord.Read);
    }) ?? [];

    /// <summary>The gate's judgement of the build that has just written the file; null when there is none.</summary>
    public static StoredGate? TryReadGate(string path) => StateFile.TryRead(path, Magic, Version, static reader =>
    {
        reader.ReadBlock();
        reader.ReadBlock();
        reader.ReadList(StepRecord.Read);
        return StoredGate.Read(reader);
    });

    private static StoredResult? Read(StateReader reader, byte[] key)
    {
        // The keys first: what follows may be of another version of this package.
        var keyOfStamps = reader.ReadBlock();
        var keyOfContent = reader.ReadBlock();
        return !key.AsSpan().SequenceEqual(keyOfStamps) && !key.AsSpan().SequenceEqual(keyOfContent)
            ? null
            : new StoredResult(
                keyOfStamps,
                keyOfContent,
                reader.ReadList(StepRecord.Read),
                StoredGate.Read(reader),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadList(r => r.ReadDiagnostic()),
                reader.ReadList(static r => r.ReadString()),
                reader.ReadList(ProgramStamp.Read),
                reader.ReadList(ObservedFile.Read),
                reader.ReadList(AffectedRow.Read),
                reader.ReadString());
    }
}
