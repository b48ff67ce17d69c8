namespace IpaAnalysis.Files.Locks;

/// <summary>An attempt to take a lock, which never waits.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Lock">The lock, only if it was taken.</param>
/// <param name="Reason">Why it was refused, in the system's words; null when it was not.</param>
internal readonly record struct LockAttempt(LockStatus Status, FileLock? Lock = null, string? Reason = null);
