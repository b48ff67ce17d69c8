using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What is to be collected.</summary>
/// <param name="SourceRoot">The last root that source paths may be relative to.</param>
/// <param name="Compiled">What the package compiled itself.</param>
/// <param name="Trees">The trees, each with the name that messages call it by.</param>
/// <param name="Problems">What is wrong with archives of trees.</param>
internal sealed record CollectInputs(
    string SourceRoot, ITaskItem[] Compiled, IReadOnlyList<(string Name, TreeOptions Options)> Trees, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>A hash of all that decides what is collected, apart from the files.</summary>
    public byte[] Key()
    {
        using var key = new KeyBuilder();
        key.Add(SourceRoot);
        key.Add(Compiled.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var item in Compiled)
        {
            var metadata = item.CloneCustomMetadata();
            foreach (var name in metadata.Keys.Cast<string>().Order(StringComparer.Ordinal))
            {
                key.Add(name);
                key.Add(metadata[name] as string);
            }
        }

        foreach (var (name, options) in Trees)
        {
            key.Add(name);
            key.Add(options.Directory);
            key.Add(options.TreeName);
            key.Add(options.SourceDirectory);
            key.Add(options.WorkingDirectory);
            key.Add(options.StatedWorkingDirectory);
            key.Add(options.CompileCommandsFile);
            key.Add(options.TrustsCommands ? "trusted" : "not trusted");
            foreach (var root in options.Roots)
            {
                key.Add(root);
            }

            key.Add(null);
        }

        foreach (var problem in Problems)
        {
            key.Add(problem.Code);
            key.Add(problem.File);
            key.Add(problem.Message);
        }

        return key.ToKey();
    }
}
