using IpaAnalysis.Building.Sources;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions;

/// <summary>What is to be collected, with archives unpacked.</summary>
/// <param name="SourceRoot">The last root that source paths may be relative to.</param>
/// <param name="Compiled">What the package compiled itself.</param>
/// <param name="Trees">The trees, each with the name that messages call it by.</param>
/// <param name="Problems">What is wrong with archives of trees.</param>
internal sealed record CollectInputs(
    string SourceRoot, IReadOnlyList<CompiledSource> Compiled, IReadOnlyList<(string Name, TreeOptions Options)> Trees, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>A hash of all that decides what is collected, apart from the files.</summary>
    public byte[] Key()
    {
        using var key = new KeyBuilder();
        key.Add(SourceRoot).Add(Compiled.Count);
        foreach (var source in Compiled)
        {
            key.Add(source.Object, source.ObjectPath, source.DumpPath, source.CallGraphPath, source.FoldingRecordPath, source.SourcePath, source.WorkingDirectory)
                .AddList([.. source.Command]);
        }

        foreach (var (name, options) in Trees)
        {
            key.Add(name, options.Directory, options.TreeName, options.SourceDirectory, options.WorkingDirectory, options.StatedWorkingDirectory)
                .Add(options.CompileCommandsFile, options.TrustsCommands ? "trusted" : "not trusted")
                .AddList([.. options.Roots]);
        }

        foreach (var problem in Problems)
        {
            key.Add(problem.Code, problem.File, problem.Message);
        }

        return key.ToKey();
    }
}
