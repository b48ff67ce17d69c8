using IpaAnalysis.Archives;
using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Removes what the package made, and has kbuild remove what it made.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCleanOutputs : IpaLockedTask
{
    /// <summary>The package's directory under the intermediate directory.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>The modules' directories.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>make: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Make { get; set; } = "";

    /// <summary>The compiler, only if the user chose one.</summary>
    public string Compiler { get; set; } = "";

    // A link may lead anywhere; what it leads to is not ours.
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };

    private protected override LockUse Use => LockUse.Alone;

    private protected override IReadOnlyList<string> LockedDirectories => [.. Modules.Select(m => Absolute(m.ItemSpec))];

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        if (IsQuestion)
        {
            if (Modules.Any(WasBuilt) || System.IO.Directory.Exists(Absolute(Directory)))
            {
                RefuseWork(Absolute(Directory), "there is something to clean");
            }

            return;
        }

        // kbuild first: without its objects our list of dumps is what is left.
        foreach (var module in Modules.Where(WasBuilt))
        {
            var options = KernelModuleItem.Options(
                module, Absolute, TaskEnvironment, Make, 1, Compiler, Path.Combine(Absolute(Directory), "modules"));
            var result = KernelModuleBuilder.Clean(options, Cancellation);
            foreach (var line in result.Log)
            {
                LogLow(line);
            }

            Report(result.Diagnostics);
        }

        var list = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory);
        string[] listed = [.. list.Files];
        var left = list.DeleteAll();
        foreach (var file in left.Concat(Unlisted().Where(f => !OutputFile.Delete(f))))
        {
            Report(DiagnosticCatalog.OutputNotWritten.At(file, 0, "The file cannot be deleted. Check the permissions of its directory."));
        }

        TreeArchive.Remove(ObjectTreeItems.ArchivesDirectory(Absolute(Directory)), []);

        // We hold it: who waits for this one finds it gone, and makes another.
        OutputFile.Delete(LockPath);
        RemoveEmpty(Absolute(Directory));
        foreach (var directory in listed.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal))
        {
            RemoveEmptyUpwards(directory);
        }
    }

    /// <summary>What lies in the package's own directory though the list is lost or damaged; a user's file there is none of these.</summary>
    private string[] Unlisted()
    {
        var directory = Absolute(Directory);
        return System.IO.Directory.Exists(directory)
            ? [.. System.IO.Directory.EnumerateFiles(directory, "*", s_everything).Where(f => IsOurs(Path.GetFileName(f)))]
            : [];
    }

    private static bool IsOurs(string name)
    {
        string[] suffixes = [".o", ".o.d", ".o.rsp", ".ci", ".ipa-clones", ".icf", ".state"];
        return OutputFile.IsTemporary(name) || suffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal));
    }

    /// <summary>Whether kbuild has left something: its <c>clean</c> needs the kernel's headers, which a clean tree does not.</summary>
    private bool WasBuilt(ITaskItem module)
    {
        var directory = Absolute(module.ItemSpec);
        return System.IO.Directory.Exists(directory)
            && System.IO.Directory.EnumerateFiles(directory, ".*.cmd", s_everything).Any();
    }

    private static void RemoveEmpty(string directory)
    {
        if (!System.IO.Directory.Exists(directory) || new DirectoryInfo(directory).LinkTarget is not null)
        {
            return;
        }

        foreach (var child in System.IO.Directory.GetDirectories(directory))
        {
            RemoveEmpty(child);
        }

        DeleteIfEmpty(directory);
    }

    private static bool DeleteIfEmpty(string directory)
    {
        try
        {
            if (System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
            {
                return false;
            }

            System.IO.Directory.Delete(directory);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            // Another build has just begun to use it.
            return false;
        }
    }

    /// <summary>Removes directories that only our files were in, but never the project's own or one outside it.</summary>
    private void RemoveEmptyUpwards(string? directory)
    {
        while (directory is not null
            && directory.StartsWith(ProjectDirectory.TrimEnd('/') + "/", StringComparison.Ordinal)
            && System.IO.Directory.Exists(directory)
            && DeleteIfEmpty(directory))
        {
            directory = Path.GetDirectoryName(directory);
        }
    }
}
