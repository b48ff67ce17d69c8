using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.State;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.MSBuild;

/// <summary>The gate's judgement as it is kept, so that every build reports it.</summary>
/// <param name="ContentKey">That of the <see cref="StoredResult"/> it belongs to: a build may be killed between writing the two.</param>
/// <param name="Policy">The policy's name.</param>
/// <param name="Verdict">The judgement.</param>
/// <param name="RecommendedFlags">The flags to add so that the policy holds.</param>
/// <param name="Diagnostics">What to report.</param>
/// <param name="ViolationCount">How many violations count.</param>
/// <param name="AcceptedCount">How many violations exceptions or the baseline accept.</param>
/// <param name="Baseline">The content of a baseline that knows every violation which no exception accepts.</param>
internal sealed record StoredGate(
    byte[] ContentKey,
    string Policy,
    GateVerdict Verdict,
    string RecommendedFlags,
    IReadOnlyList<Diagnostic> Diagnostics,
    int ViolationCount,
    int AcceptedCount,
    byte[] Baseline)
{
    private const string Magic = "IPAGATE";
    private const int Version = 2;

    /// <summary>What <see cref="IpaAnalyzeUnits"/> leaves it as for the tasks after it.</summary>
    /// <param name="path">Absolute path of its file.</param>
    /// <param name="instance">The instance of the project: another one's judgement may be in the same file.</param>
    public static string NameOf(string path, string instance) => $"IpaAnalysis.Gate:{path}:{instance}";

    /// <summary>Whether it was judged with this result.</summary>
    public bool BelongsTo(StoredResult result) => ContentKey.AsSpan().SequenceEqual(result.ContentKey);

    /// <summary>Makes it of a result.</summary>
    public static StoredGate Of(GateResult result, byte[] contentKey)
    {
        var counting = result.Violations.Count(v => v.Status == ViolationStatus.Counts);
        return new StoredGate(
            contentKey,
            result.Policy,
            result.Verdict,
            result.RecommendedFlags,
            result.Diagnostics,
            counting,
            result.Violations.Length - counting,
            GateBaselineFile.Serialize(GateBaseline.Of(result.Violations)));
    }

    /// <summary>Writes it unless the file says the same already.</summary>
    public void Write(string path) => StateFile.Write(path, Magic, Version, writer =>
    {
        writer.Write(ContentKey.Length);
        writer.Write(ContentKey);
        writer.Write(Policy);
        writer.Write((byte)Verdict);
        writer.Write(RecommendedFlags);
        writer.WriteList(Diagnostics, (w, d) => w.WriteDiagnostic(d));
        writer.Write(ViolationCount);
        writer.Write(AcceptedCount);
        writer.Write(Baseline.Length);
        writer.Write(Baseline);
    });

    /// <summary>Reads it; null when there is none that can be used.</summary>
    public static StoredGate? TryRead(string path) => StateFile.TryRead(path, Magic, Version, static reader => new StoredGate(
        reader.ReadBlock(),
        reader.ReadString(),
        (GateVerdict)reader.ReadByte((byte)GateVerdict.Failed),
        reader.ReadString(),
        reader.ReadList(r => r.ReadDiagnostic()),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadBlock()));
}
