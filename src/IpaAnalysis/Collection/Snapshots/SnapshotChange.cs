using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>An entry of a snapshot that is not as it was.</summary>
/// <param name="Index">Its place among the entries.</param>
/// <param name="Identity">The file now.</param>
/// <param name="IsSettled">Whether a later change will show in that.</param>
/// <param name="Answer">The answer now if it is another one; null when it is as before, and for a unit's file.</param>
/// <param name="Reason">Why it was looked at again.</param>
internal sealed record SnapshotChange(int Index, FileIdentity Identity, bool IsSettled, Answer? Answer, string Reason);
