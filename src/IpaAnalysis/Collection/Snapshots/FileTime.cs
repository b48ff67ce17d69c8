using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>When files were last modified.</summary>
internal static class FileTime
{
    /// <summary>The time of a file that is not there or cannot be looked at.</summary>
    public const long None = long.MinValue;

    /// <summary>The time in nanoseconds since 1970 UTC.</summary>
    public static long Of(string path) => FileIdentity.TryGet(path, out var identity) ? Of(identity) : None;

    /// <summary>The time of what was looked at.</summary>
    public static long Of(FileIdentity identity) => identity == default ? None : identity.ModifiedNanoseconds;
}
