using IpaAnalysis.Archives;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Sessions.Requests;

namespace IpaAnalysis.Sessions;

/// <summary>Finds the directories of trees that something else compiled, and unpacks those that are archives.</summary>
/// <param name="archivesDirectory">Where archives are unpacked to.</param>
/// <param name="onlyAsks">Whether nothing is to be unpacked.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class ObjectTreeReader(string archivesDirectory, bool onlyAsks, DiagnosticBag diagnostics)
{
    private readonly List<TreeArchive> _archives = [];

    /// <summary>The archives among the trees that were read.</summary>
    public IReadOnlyList<TreeArchive> Archives => _archives;

    /// <summary>How a tree is collected; null when it is none.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="cancellation">Ends the unpacking.</param>
    public TreeOptions? Read(ObjectTreeInput tree, CancellationToken cancellation)
    {
        return DirectoryOf(tree, cancellation) is not { } directory ? null : new TreeOptions
        {
            Directory = directory,
            TreeName = tree.TreeName,
            SourceDirectory = tree.SourceDirectory,
            Roots = tree.WorkingDirectory is null ? [] : [tree.WorkingDirectory],
            StatedWorkingDirectory = tree.WorkingDirectory,
            CompileCommandsFile = tree.CompileCommandsFile,
            TrustsCommands = tree.TrustsCommands,
        };
    }

    private string? DirectoryOf(ObjectTreeInput tree, CancellationToken cancellation)
    {
        var path = tree.Path;
        if (InputFile.IsRegular(path))
        {
            var archive = TreeArchive.Open(path, archivesDirectory, ArchiveBounds.Default, onlyAsks, cancellation);
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
            $"The IpaObjectTree directory '{tree.Name}' does not exist. Compile the tree first, or correct the path."));
        return null;
    }
}
