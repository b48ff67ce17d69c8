using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>Several units of C, each compiled with a record of what it reads, and the whole analysis of them.</summary>
internal sealed class RecompiledTree(string prefix = "ipa tree ü ") : IDisposable
{
    private readonly List<Unit> _units = [];

    public TemporaryTree Tree { get; } = new(prefix);

    /// <summary>The units, to be changed before the analysis.</summary>
    public List<Unit> Units => _units;

    public RecompiledTree Write(string name, string text)
    {
        Tree.Write(name, text);
        return this;
    }

    /// <summary>Compiles a source that was written, with what it reads beside the object.</summary>
    public RecompiledTree Compile(string name, string flags = "-O2", bool records = true)
    {
        var stem = Path.ChangeExtension(name, null);
        string[] words =
        [
            "gcc", .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-fdump-ipa-clones", "-fcallgraph-info", "-fdump-ipa-icf-optimized",
            .. records ? new[] { "-MD", "-MF", stem + ".o.d" } : [], "-c", name, "-o", stem + ".o",
        ];
        Tree.Run("", Tools.Require("gcc"), words[1..]);
        var command = RecordedCommand.Of([.. words], Tree.Path);
        _units.Add(new Unit
        {
            Object = stem + ".o",
            ObjectPath = Tree[stem + ".o"],
            DumpPath = Directory.EnumerateFiles(Path.GetDirectoryName(Tree[stem])!, Path.GetFileName(stem) + ".*.ipa-clones").Single(),
            CallGraphPath = Tree[stem + ".ci"],
            SourcePath = Tree[name],
            WorkingDirectory = Tree.Path,
            Command = command,
            Options = RecordedOptions.From(command, OptionOrigin.CompileCommands, isTrusted: false),
            Paths = new SourcePathMap([Tree.Path]),
        });
        return this;
    }

    /// <summary>Takes the units that collecting finds, once something else compiled them.</summary>
    public CollectedTree Collect(TreeOptions? options = null, string relative = "")
    {
        var tree = Tree.Collect(relative, (options ?? new TreeOptions { Directory = "" }) with { SourceDirectory = options?.SourceDirectory ?? Tree[relative] });
        _units.AddRange(tree.Units);
        return tree;
    }

    /// <summary>Analyses a patched function.</summary>
    public AnalysisResult Analyze(string function)
    {
        Unit[] units = [.. _units.OrderBy(u => u.Object, StringComparer.Ordinal)];
        var source = new GraphSource(units, new SummaryList([.. units.Select(SummaryReader.Read)]));
        var analyzer = new ExactImpactAnalyzer(
            new ExactSettings
            {
                UnitOf = name => units.FirstOrDefault(u => u.Object == name),
                Directory = Tree["recompile"],
                Jobs = 2,
            },
            Tests.Compilers.Asked.Expander());
        return Analysis.Run(
            source,
            new AnalysisOptions
            {
                PatchedFunctions = [new FunctionQuery(function)],
                Exact = analyzer,
                NormalizePath = path => path,
            },
            Array.Empty<Diagnostic>(),
            CancellationToken.None);
    }

    public void Dispose() => Tree.Dispose();
}
