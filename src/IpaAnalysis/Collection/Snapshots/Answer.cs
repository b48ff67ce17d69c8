using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>What the file system said to a <see cref="Question"/>.</summary>
/// <param name="Content">The answer, encoded; equal answers have equal bytes.</param>
/// <param name="Identity">The file before it was looked at.</param>
/// <param name="IsSettled">Whether an equal identity means an equal answer.</param>
internal sealed record Answer(ArraySegment<byte> Content, FileIdentity Identity, bool IsSettled);
