using IpaAnalysis.Archives;
using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions;

/// <summary>Removes what the package made, and has kbuild remove what it made.</summary>
internal sealed class CleanSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private readonly SessionFiles _files = new(settings.OutputList);

    // A link may lead anywhere; what it leads to is not ours.
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.ReparsePoint, RecurseSubdirectories = true };

    /// <summary>Cleans.</summary>
    /// <param name="modules">The modules that kbuild may have built.</param>
    /// <param name="lockFile">Absolute path of the lock, which the caller holds: who waits for it finds it gone, and makes another.</param>
    /// <param name="cancellation">Ends make.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(IReadOnlyList<KernelModuleOptions> modules, string lockFile, CancellationToken cancellation)
    {
        if (Settings.OnlyAsks)
        {
            if (modules.Any(WasBuilt) || Directory.Exists(_files.Directory))
            {
                Refuse(BuildStep.Outputs, _files.Directory, "there is something to clean");
            }

            return;
        }

        // kbuild first: without its objects our list of dumps is what is left.
        foreach (var module in modules.Where(WasBuilt))
        {
            var result = KernelModuleBuilder.Clean(module, cancellation);
            Log.Detail(result.Log);
            Log.AddRange(result.Diagnostics);
        }

        var list = LoadOutputs();
        string[] listed = [.. list.Files];
        var left = list.DeleteAll();
        foreach (var file in left.Concat(Unlisted().Where(static f => !OutputFile.Delete(f))))
        {
            Log.Add(DiagnosticCatalog.OutputNotWritten.At(file, 0, "The file cannot be deleted. Check the permissions of its directory."));
        }

        TreeArchive.Remove(_files.Archives, []);
        OutputFile.Delete(lockFile);
        RemoveEmpty(_files.Directory);
        foreach (var directory in listed.Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal))
        {
            RemoveEmptyUpwards(directory);
        }
    }

    /// <summary>What lies in the package's own directory though the list is lost or damaged; a user's file there is none of these.</summary>
    private string[] Unlisted()
    {
        var directory = _files.Directory;
        return Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "*", s_everything).Where(f => IsOurs(Path.GetFileName(f)))]
            : [];
    }

    private static bool IsOurs(string name)
    {
        string[] suffixes = [".o", ".o.d", ".o.rsp", ".ci", ".ipa-clones", ".icf", ".state"];
        return OutputFile.IsTemporary(name) || suffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal));
    }

    /// <summary>Whether kbuild has left something: its <c>clean</c> needs the kernel's headers, which a clean tree does not.</summary>
    private static bool WasBuilt(KernelModuleOptions module)
    {
        var directory = module.ModuleDirectory;
        return Directory.Exists(directory)
            && Directory.EnumerateFiles(directory, ".*.cmd", s_everything).Any();
    }

    private static void RemoveEmpty(string directory)
    {
        if (!Directory.Exists(directory) || new DirectoryInfo(directory).LinkTarget is not null)
        {
            return;
        }

        foreach (var child in Directory.GetDirectories(directory))
        {
            RemoveEmpty(child);
        }

        DeleteIfEmpty(directory);
    }

    private static bool DeleteIfEmpty(string directory)
    {
        try
        {
            if (Directory.EnumerateFileSystemEntries(directory).Any())
            {
                return false;
            }

            Directory.Delete(directory);
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
            && directory.StartsWith(Settings.ProjectDirectory.TrimEnd('/') + "/", StringComparison.Ordinal)
            && Directory.Exists(directory)
            && DeleteIfEmpty(directory))
        {
            directory = Path.GetDirectoryName(directory);
        }
    }
}
