using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.MSBuild;

/// <summary>What the last analysis found, so that a build in which nothing changed reports the same without reading a dump.</summary>
/// <param name="Key">Hash of everything the analysis depends on, with the files' time stamps for their content.</param>
/// <param name="ContentKey">The same with the content itself.</param>
/// <param name="ManifestLength">Size of the manifest it wrote.</param>
/// <param name="ManifestTicks">Time stamp of that manifest.</param>
/// <param name="SarifLength">Size of the SARIF log it wrote; -1 for none.</param>
/// <param name="SarifTicks">Time stamp of that log; 0 for none.</param>
/// <param name="Diagnostics">What it reported, which collecting had not.</param>
/// <param name="UntrustedDirectories">Directories of trees in which compilers were not looked for.</param>
/// <param name="Programs">The compilers that were asked what options mean.</param>
/// <param name="Inputs">What compilers' answers depend on, which the keys do not tell: the code of objects, and files that were missing.</param>
/// <param name="Items">What it gave to later targets.</param>
/// <param name="Summary">What it said in one line.</param>
internal sealed record StoredResult(
    byte[] Key,
    byte[] ContentKey,
    long ManifestLength,
    long ManifestTicks,
    long SarifLength,
    long SarifTicks,
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<string> UntrustedDirectories,
    IReadOnlyList<ProgramStamp> Programs,
    IReadOnlyList<ObservedFile> Inputs,
    IReadOnlyList<AffectedItem> Items,
    string Summary)
{
    private const string Magic = "IPARESLT";

    /// <summary>The format of the payload.</summary>
    internal const int Version = 5;

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
        writer.Write(Key.Length);
        writer.Write(Key);
        writer.Write(ContentKey.Length);
        writer.Write(ContentKey);
        writer.Write(ManifestLength);
        writer.Write(ManifestTicks);
        writer.Write(SarifLength);
        writer.Write(SarifTicks);
        writer.WriteList(Diagnostics, (w, d) => w.WriteDiagnostic(d));
        writer.WriteList(UntrustedDirectories, static (w, d) => w.Write(d));
        writer.WriteList(Programs, static (w, p) => p.Write(w));
        writer.WriteList(Inputs, ObservedFile.Write);
        writer.WriteList(Items, AffectedItem.Write);
        writer.Write(Summary);
    });

    /// <summary>Reads it; null when there is none of which either key is this one.</summary>
    public static StoredResult? TryRead(string path, byte[] key) => StateFile.TryRead(path, Magic, Version, reader => Read(reader, key));

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
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadInt64(),
                reader.ReadList(r => r.ReadDiagnostic()),
                reader.ReadList(static r => r.ReadString()),
                reader.ReadList(ProgramStamp.Read),
                reader.ReadList(ObservedFile.Read),
                reader.ReadList(AffectedItem.Read),
                reader.ReadString());
    }
}
