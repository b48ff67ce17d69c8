using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.State;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Sessions.State;

/// <summary>The gate's judgement as it is kept with the result, so that every build reports it.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Verdict">The judgement.</param>
/// <param name="RecommendedFlags">The flags to add so that the policy holds.</param>
/// <param name="Diagnostics">What to report.</param>
/// <param name="ViolationCount">How many violations count.</param>
/// <param name="AcceptedCount">How many violations exceptions or the baseline accept.</param>
/// <param name="Baseline">The content of a baseline that knows every violation which no exception accepts.</param>
internal sealed record StoredGate(
    string Policy,
    GateVerdict Verdict,
    string RecommendedFlags,
    IReadOnlyList<Diagnostic> Diagnostics,
    int ViolationCount,
    int AcceptedCount,
    byte[] Baseline)
{
    /// <summary>Makes it of a result.</summary>
    public static StoredGate Of(GateResult result)
    {
        var counting = result.Violations.Count(v => v.Status == ViolationStatus.Counts);
        return new StoredGate(
            result.Policy,
            result.Verdict,
            result.RecommendedFlags,
            result.Diagnostics,
            counting,
            result.Violations.Length - counting,
            GateBaselineFile.Serialize(GateBaseline.Of(result.Violations)));
    }

    /// <summary>Writes it to a state file.</summary>
    public static void Write(BinaryWriter writer, StoredGate gate)
    {
        writer.Write(gate.Policy);
        writer.Write((byte)gate.Verdict);
        writer.Write(gate.RecommendedFlags);
        writer.WriteList(gate.Diagnostics, static (w, d) => w.WriteDiagnostic(d));
        writer.Write(gate.ViolationCount);
        writer.Write(gate.AcceptedCount);
        writer.WriteBlock(gate.Baseline);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static StoredGate Read(StateReader reader) => new(
        reader.ReadString(),
        (GateVerdict)reader.ReadByte((byte)GateVerdict.Failed),
        reader.ReadString(),
        reader.ReadList(static r => r.ReadDiagnostic()),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadBlock());
}
