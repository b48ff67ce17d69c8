namespace IpaAnalysis.Files.Locks;

/// <summary>What came of an attempt to take a lock.</summary>
internal enum LockStatus
{
    /// <summary>It is held now.</summary>
    Taken,

    /// <summary>Another process holds it, or another descriptor of this one.</summary>
    Busy,

    /// <summary>There is no such file or directory.</summary>
    Missing,

    /// <summary>The file system or the permissions allow no lock.</summary>
    Refused,
}
