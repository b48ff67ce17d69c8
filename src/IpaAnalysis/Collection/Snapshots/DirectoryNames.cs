using System.IO.Enumeration;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>The names in one directory, each list in ordinal order.</summary>
/// <param name="Files">Files whose names matter; a name may stand twice where bytes that are no UTF-8 were replaced.</param>
/// <param name="Directories">Subdirectories that are no links.</param>
/// <param name="Links">Links to directories, and those that may become such.</param>
/// <param name="IsUnreadable">Whether the directory cannot be listed, or not to its end.</param>
internal sealed record DirectoryNames(
    IReadOnlyList<string> Files, IReadOnlyList<string> Directories, IReadOnlyList<string> Links, bool IsUnreadable)
{
    private static readonly EnumerationOptions EverythingHere = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    private enum Entry
    {
        File,
        Directory,
        Link,
    }

    public static DirectoryNames List(string path)
    {
        var lists = new List<string>[] { [], [], [] };
        var isUnreadable = false;
        try
        {
            var entries = new FileSystemEnumerable<(string Name, Entry Kind)>(
                path,
                static (ref FileSystemEntry e) => (e.FileName.ToString(), KindOf(ref e)),
                EverythingHere)
            {
                ShouldIncludePredicate = static (ref FileSystemEntry e) => e.IsDirectory ? e.FileName is not ".git" : DirectoryListing.Matters(e.FileName) || IsLink(ref e),
            };
            foreach (var (name, kind) in entries)
            {
                lists[(int)kind].Add(name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            isUnreadable = true;
        }

        foreach (var list in lists)
        {
            list.Sort(StringComparer.Ordinal);
        }

        return new DirectoryNames(lists[(int)Entry.File], lists[(int)Entry.Directory], lists[(int)Entry.Link], isUnreadable);
    }

    public static void Write(BinaryWriter writer, DirectoryNames names)
    {
        writer.Write(names.IsUnreadable);
        writer.WriteList(names.Files, static (w, n) => w.Write(n));
        writer.WriteList(names.Directories, static (w, n) => w.Write(n));
        writer.WriteList(names.Links, static (w, n) => w.Write(n));
    }

    public static DirectoryNames Read(StateReader reader)
    {
        var isUnreadable = reader.ReadBoolean();
        return new DirectoryNames(
            reader.ReadList(static r => r.ReadPath()),
            reader.ReadList(static r => r.ReadPath()),
            reader.ReadList(static r => r.ReadPath()),
            isUnreadable);
    }

    private static Entry KindOf(ref FileSystemEntry entry) =>
        entry.IsDirectory ? IsLink(ref entry) ? Entry.Link : Entry.Directory
        : DirectoryListing.Matters(entry.FileName) ? Entry.File : Entry.Link;

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
