using IpaAnalysis.Diagnostics;
using IpaAnalysis.Sessions.Requests;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>An <c>IpaObjectTree</c> item as the library takes it.</summary>
internal static class ObjectTreeItem
{
    private const string WorkingDirectory = nameof(WorkingDirectory);

    /// <summary>Reads an item.</summary>
    /// <param name="tree">The item.</param>
    /// <param name="absolute">Makes a path from the project's directory absolute.</param>
    /// <param name="compileCommands">Absolute path of a <c>compile_commands.json</c> for all trees; null for each one's own.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static ObjectTreeInput Read(ITaskItem tree, Func<string, string> absolute, string? compileCommands, DiagnosticBag diagnostics)
    {
        var directory = ItemMetadata.Get(tree, WorkingDirectory) is { } stated ? absolute(stated) : null;
        if (directory is not null && !Directory.Exists(directory))
        {
            diagnostics.Add(DiagnosticCatalog.DirectoryNotFound.At(
                $"The WorkingDirectory '{tree.GetMetadata(WorkingDirectory)}' of IpaObjectTree '{tree.ItemSpec}' is no directory. Name the one that its compile commands ran in, for a kernel module the kernel's build directory."));
        }

        return new ObjectTreeInput(tree.ItemSpec, absolute(tree.ItemSpec))
        {
            TreeName = ItemMetadata.Get(tree, "TreeName"),
            SourceDirectory = ItemMetadata.Get(tree, "SourceDir") is { } source ? absolute(source) : null,
            WorkingDirectory = directory,
            CompileCommandsFile = compileCommands,
            TrustsCommands = AnalysisInputs.Flag(ItemMetadata.Get(tree, "TrustCommands"), $"TrustCommands of IpaObjectTree '{tree.ItemSpec}'", diagnostics),
        };
    }
}
