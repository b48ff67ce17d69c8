using IpaAnalysis.Archives;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Reads the items of trees that something else compiled, and unpacks those that are archives.</summary>
/// <param name="absolute">Makes a path from the project's directory absolute.</param>
/// <param name="archivesDirectory">Where archives are unpacked to.</param>
/// <param name="isQuestion">Whether nothing is to be unpacked.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class ObjectTreeItems(Func<string, string> absolute, string archivesDirectory, bool isQuestion, DiagnosticBag diagnostics)
{
    private readonly List<TreeArchive> _archives = [];

    /// <summary>The archives among the items that were read.</summary>
    public IReadOnlyList<TreeArchive> Archives => _archives;

    /// <summary>Where archives are unpacked to.</summary>
    /// <param name="directory">The package's directory under the intermediate directory.</param>
    public static string ArchivesDirectory(string directory) => Path.Combine(directory, "archives");

    /// <summary>What one item says of its tree; null when it is none.</summary>
    /// <param name="tree">The item.</param>
    /// <param name="cancellation">Ends the unpacking.</param>
    public TreeOptions? Read(ITaskItem tree, CancellationToken cancellation)
    {
        var stated = ItemMetadata.Get(tree, "WorkingDirectory") is { } stands ? absolute(stands) : null;
        if (stated is not null && !Directory.Exists(stated))
        {
            diagnostics.Add(DiagnosticCatalog.DirectoryNotFound.At(
                $"The WorkingDirectory '{ItemMetadata.Get(tree, "WorkingDirectory")}' of IpaObjectTree '{tree.ItemSpec}' is no directory. Name the one that its compile commands ran in, for a kernel module the kernel's build directory."));
            return null;
        }

        return DirectoryOf(tree, cancellation) is not { } directory ? null : new TreeOptions
        {
            Directory = directory,
            TreeName = ItemMetadata.Get(tree, "TreeName"),
            SourceDirectory = ItemMetadata.Get(tree, "SourceDir") is { } source ? absolute(source) : null,
            Roots = stated is null ? [] : [stated],
            StatedWorkingDirectory = stated,
            TrustsCommands = AnalysisInputs.Flag(ItemMetadata.Get(tree, "TrustCommands"), $"TrustCommands of IpaObjectTree '{tree.ItemSpec}'", diagnostics),
        };
    }

    private string? DirectoryOf(ITaskItem tree, CancellationToken cancellation)
    {
        var path = absolute(tree.ItemSpec);
        if (InputFile.IsRegular(path))
        {
            var archive = TreeArchive.Open(path, archivesDirectory, ArchiveBounds.Default, isQuestion, cancellation);
            diagnostics.AddRange(archive.Diagnostics);
            if (archive.Directory is not null)
            {
                _archives.Add(archive);
            }

            return archive.Directory;
        }

        if (Directory.Exists(path))
        {
            return path;
        }

        diagnostics.Add(DiagnosticCatalog.DirectoryNotFound.At(
            $"The IpaObjectTree directory '{tree.ItemSpec}' does not exist. Compile the tree first, or correct the path."));
        return null;
    }
}
