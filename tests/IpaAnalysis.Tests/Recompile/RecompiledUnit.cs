using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>A unit of C whose compiler is asked again.</summary>
internal sealed class RecompiledUnit : IDisposable
{
    private readonly TemporaryTree _tree = new();

    public RecompiledUnit(string compiler, string flags, string source, string name = "unit.c")
    {
        _tree.Write(name, source);
        var stem = Path.GetFileNameWithoutExtension(name);
        string[] words =
        [
            compiler, .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "-fdump-ipa-clones", "-fcallgraph-info", "-fdump-ipa-icf-optimized", "-c", name, "-o", $"{stem}.o",
        ];
        _tree.Run("", Tools.Require(compiler), words[1..]);
        var command = RecordedCommand.Of([.. words], _tree.Path);
        Unit = new Unit
        {
            Object = $"{stem}.o",
            ObjectPath = _tree[$"{stem}.o"],
            DumpPath = Find($"{stem}.*.ipa-clones"),
            CallGraphPath = Find($"{stem}.ci"),
            FoldingRecordPath = Find($"{stem}.*.icf"),
            SourcePath = _tree[name],
            WorkingDirectory = _tree.Path,
            Command = command,
            Options = RecordedOptions.From(command, OptionOrigin.OwnCompile, isTrusted: true),
            Paths = new SourcePathMap([_tree.Path]),
        };
    }

    public Unit Unit { get; set; }

    public TemporaryTree Tree => _tree;

    public int Jobs { get; init; } = 2;

    /// <summary>What the environment of the build has besides.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public CancellationToken Cancellation { get; init; } = CancellationToken.None;

    /// <summary>How many questions the compilers had to answer last time.</summary>
    public int Asked { get; private set; }

    /// <summary>Adds an option to the recorded command of a trusted tree.</summary>
    public void Add(string word)
    {
        var command = RecordedCommand.Of(Unit.Command!.Words.Insert(1, word), Unit.WorkingDirectory);
        Unit = Unit with { Command = command, Options = RecordedOptions.From(command, OptionOrigin.OwnCompile, isTrusted: true) };
    }

    /// <summary>What the compiler says of functions, together.</summary>
    public ExactAnswer[] AskAll(params string[] names)
    {
        var graph = Graph();
        return [.. Analyze(graph, [.. names.Select(n => Answer.Impact(graph, n))]).Select(a => new ExactAnswer(graph, a))];
    }

    /// <summary>The symbols that the dumps show to depend on a function.</summary>
    public string[] Shown(string name)
    {
        var graph = Graph();
        return [.. Answer.Impact(graph, name).Affected.Select(a => graph.SymbolOf(a.Vertex))];
    }

    /// <summary>The symbols that depend on a function by dumps and compiler together.</summary>
    public string[] Affected(string name)
    {
        var graph = Graph();
        var shown = Answer.Impact(graph, name);
        return [.. Analyze(graph, [shown])[0].Complete(shown, new ImpactAnalyzer(graph)).Affected.Select(a => graph.SymbolOf(a.Vertex))];
    }

    /// <summary>Whether the unit's files know a function under its own name.</summary>
    public bool Holds(string name) => Graph() is var graph && graph.FindVertex(0, System.Text.Encoding.UTF8.GetBytes(name)) is >= 0 and var vertex && graph.IsInstance(vertex);

    private DependencyGraph Graph()
    {
        var unit = Unit;
        return DependencyGraph.Build([new GraphUnit(unit.Object, SummaryReader.Read(unit), path => unit.Paths.Normalize(path, unit.WorkingDirectory))]);
    }

    private System.Collections.Immutable.ImmutableArray<ExactImpact> Analyze(DependencyGraph graph, FunctionImpact[] impacts)
    {
        var unit = Unit;
        var analyzer = new ExactImpactAnalyzer(
            new ExactSettings
            {
                UnitOf = name => name == unit.Object ? unit : null,
                Directory = _tree["recompile"],
                CacheFile = _tree["exact.state"],
                Jobs = Jobs,
            },
            Tests.Compilers.Asked.Expander(variables: Variables));
        var answers = analyzer.Analyze(graph, impacts, Cancellation);
        Asked = analyzer.Asked;
        Assert.That(Directory.Exists(_tree["recompile"]), Is.False);
        return answers;
    }

    /// <summary>What the compiler says of one function.</summary>
    public ExactAnswer Ask(string name) => AskAll(name)[0];

    public void Dispose() => _tree.Dispose();

    private string? Find(string pattern) => Directory.EnumerateFiles(_tree.Path, pattern).SingleOrDefault();
}
