using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>How questions of one kind are answered and the answers kept.</summary>
/// <typeparam name="T">An answer.</typeparam>
/// <param name="Look">Asks the file system.</param>
/// <param name="IsSure">Whether the answer says what the file holds, and not that it could not be read.</param>
/// <param name="Write">Encodes an answer; equal answers to equal bytes.</param>
/// <param name="Read">Decodes an answer.</param>
internal sealed record Topic<T>(
    Func<Question, T> Look,
    Func<T, bool> IsSure,
    Action<BinaryWriter, T> Write,
    Func<StateReader, T> Read);
