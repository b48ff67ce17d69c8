using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>What links into a module but lies outside of its directory: <c>net-y := ../common/util.o</c>, <c>obj-m := ../common/</c>.</summary>
internal static class KbuildModuleFiles
{
    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>The objects outside of a module's directory that its lists name; absolute, sorted ordinally.</summary>
    public static IReadOnlyCollection<string> Outside(string moduleDirectory)
    {
        var objects = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var list in Directory.EnumerateFiles(moduleDirectory, "*", s_everything).Where(static f => KbuildList.IsName(Path.GetFileName(f))))
            {
                Add(list, moduleDirectory, objects);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be listed was not made by kbuild.
        }

        return objects;
    }

    /// <summary>The absolute paths that a list of kbuild names; null when it is none or cannot be read.</summary>
    public static IReadOnlyList<string>? ReadList(string list)
    {
        var record = RecordOf(list);
        if (!File.Exists(record))
        {
            return null;
        }

        try
        {
            var directory = Path.GetDirectoryName(list)!;
            return KbuildCommandReader.Read(record, new DiagnosticBag()) is { } command
                ? [.. KbuildList.Read(InputFile.ReadAllBytes(list, FileRole.KbuildRecord), command.Target).Select(name => Locate(name, directory))]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where kbuild records how a file was made.</summary>
    public static string RecordOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.cmd");

    /// <summary>The dump and call graph of an object, as our flags make the compiler name them, as far as they are there.</summary>
    public static IEnumerable<string> Beside(string objectPath)
    {
        var stem = Path.ChangeExtension(objectPath, null);
        return new[] { $"{stem}.c.000i.ipa-clones", $"{stem}.ci" }.Where(File.Exists);
    }

    private static void Add(string list, string moduleDirectory, SortedSet<string> objects)
    {
        foreach (var path in ReadList(list) ?? [])
        {
            if (RealPath.IsInside(path, moduleDirectory))
            {
                continue;
            }

            if (!path.EndsWith(".ko", StringComparison.Ordinal))
            {
                objects.Add(path);
            }

            // A module elsewhere has its objects in its own list.
            if (Path.GetFileName(list) == KbuildList.ModulesOrder)
            {
                var stem = Path.ChangeExtension(path, null);
                objects.Add(stem + ".mod.o");
                Add(stem + KbuildList.ModuleExtension, moduleDirectory, objects);
            }
        }
    }

    /// <summary>To kbuild <c>..</c> out of a directory that a link leads to is another directory than the path seems to say.</summary>
    private static string Locate(string name, string directory)
    {
        var path = Path.Combine(directory, name);
        var folded = Path.GetFullPath(path, "/");
        return folded == path || File.Exists(folded) ? folded : Path.Combine(RealPath.Of(Path.GetDirectoryName(path)!), Path.GetFileName(path));
    }
}
