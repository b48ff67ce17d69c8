using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>How old a source is beside its object.</summary>
internal enum SourceAge : byte
{
    /// <summary>Not newer than the object.</summary>
    Older,

    /// <summary>Newer than the object.</summary>
    Newer,

    /// <summary>Not there although its directory is.</summary>
    Gone,

    /// <summary>Not there and nor is its directory.</summary>
    Elsewhere,

    /// <summary>It may not be looked at.</summary>
    Unreadable,
}

/// <summary>Compares sources and objects.</summary>
internal static class SourceAges
{
    public static SourceAge Compare(string source, string objectFile)
    {
        try
        {
            if (FileIdentity.TryGet(source, out var newer) && FileIdentity.TryGet(objectFile, out var older))
            {
                return newer.ModifiedNanoseconds > older.ModifiedNanoseconds ? SourceAge.Newer : SourceAge.Older;
            }

            // Unlike File.Exists this tells a file that may not be seen from one that is not there.
            _ = File.GetAttributes(source);
            return File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(objectFile) ? SourceAge.Newer : SourceAge.Older;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(Path.GetDirectoryName(source)) ? SourceAge.Gone : SourceAge.Elsewhere;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SourceAge.Unreadable;
        }
    }
}
