using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests;

/// <summary>C compiled for a test, with everything the compiler can say about it.</summary>
internal sealed class CompiledUnits(string compiler, params string[] flags) : IDisposable
{
    private readonly TemporaryTree _tree = new();
    private readonly List<Unit> _units = [];

    public IReadOnlyList<Unit> Units => _units;

    public DependencyGraph Graph => DependencyGraph.Build(_units.Select(u => new GraphUnit(
        u.Object, SummaryReader.Read(u), path => u.Paths.Normalize(path, u.WorkingDirectory))));

    public string this[string file] => _tree[file];

    /// <summary>Writes a header or other file that is not compiled.</summary>
    public CompiledUnits Write(string file, string content)
    {
        _tree.Write(file, content);
        return this;
    }

    public CompiledUnits Add(string stem, string source)
    {
        _tree.Write($"{stem}.c", source);
        _tree.Run("", Tools.Require(compiler), [
            "-O2", .. flags, "-fdump-ipa-clones", "-fcallgraph-info", "-fdump-ipa-icf-optimized", "-c", $"{stem}.c", "-o", $"{stem}.o",
        ]);
        _units.Add(new Unit
        {
            Object = $"{stem}.o",
            ObjectPath = _tree[$"{stem}.o"],
            DumpPath = Find($"{stem}.c.*.ipa-clones"),
            CallGraphPath = Find($"{stem}.ci"),
            FoldingRecordPath = Find($"{stem}.c.*.icf"),
            WorkingDirectory = _tree.Path,
            Paths = new SourcePathMap([_tree.Path]),
        });
        return this;
    }

    /// <summary>Changes what is known of the last unit.</summary>
    public CompiledUnits With(Func<Unit, Unit> change)
    {
        _units[^1] = change(_units[^1]);
        return this;
    }

    public void Run(string tool, params string[] arguments) => _tree.Run("", Tools.Require(tool), arguments);

    public Answer Answer(string name) => Tests.Answer.Of(Graph, name);

    public AnalysisResult Analyze(params string[] patched) => Analysis.Run(
        Graph,
        new AnalysisOptions { PatchedFunctions = [.. patched.Select(p => new IpaAnalysis.Impact.FunctionQuery(p))], NormalizePath = Path.GetFileName },
        [],
        CancellationToken.None);

    public void Dispose() => _tree.Dispose();

    private string? Find(string pattern) => Directory.EnumerateFiles(_tree.Path, pattern).SingleOrDefault();
}
