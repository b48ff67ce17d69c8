using System.Text.Json;
using IpaAnalysis.Faults.Analysing;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Dying;

/// <summary>A tree of one unit, its compiler, and what is to be said of it.</summary>
internal sealed class DyingUnit
{
    private readonly Site _site;
    private readonly DyingSource _source;
    private readonly AnalysisReport _right;

    /// <summary>Compiles the unit and asks about it while the compiler is healthy.</summary>
    public DyingUnit(string directory, DyingSource source)
    {
        (_site, _source) = (new Site(directory), source);
        Compiler = new DyingCompiler(Path.Combine(_site.Root, "bin"));
        _site.Write("unit.c", source.Text + "\n");
        string[] words = [.. Harness.Compiler.Flags, "-c", "unit.c", "-o", "unit.o"];
        Harness.Compiler.MustRun("gcc", words, _site.Tree);
        _site.Write("compile_commands.json", JsonSerializer.Serialize(new[] { new { directory = _site.Tree, file = "unit.c", arguments = (string[])["gcc", .. words] } }));
        _right = Ask();
        Runs = Compiler.Runs;
    }

    /// <summary>Its compiler.</summary>
    public DyingCompiler Compiler { get; }

    /// <summary>How often the compiler ran for the right answer.</summary>
    public int Runs { get; }

    /// <summary>Whether the right answer is what the source is about; else why not.</summary>
    public string? Trouble =>
        _right.Functions.Count != _source.Functions.Length ? $"{_right.Functions.Count} answers: {string.Join("; ", _right.Diagnostics.Select(d => d.Message))}"
        : _right.Functions.FirstOrDefault(f => !f.IsExact) is { } function ? $"{function.Name} is not exact with a healthy compiler: {string.Join("; ", function.Causes)}"
        : _source.Must.FirstOrDefault(m => !_right.Manifest.Contains(m, StringComparison.Ordinal)) is { } missing ? $"the right manifest has no {missing}"
        : null;

    /// <summary>Lets the compiler die in some runs of a first build, and lets a second one run with a healthy compiler.</summary>
    /// <returns>What is wrong, in words.</returns>
    public IEnumerable<string> Try(int first, int last, string way)
    {
        File.Delete(Path.Combine(_site.Intermediate, "exact.state"));
        Compiler.Dies(first, last, way);
        var dying = Ask();
        if (Compiler.Runs < first)
        {
            yield return $"the compiler ran {Compiler.Runs} times only";
        }

        foreach (var (name, index) in _source.Functions.Select((f, i) => (f, i)))
        {
            var (right, found) = (TextOf(_right, index), TextOf(dying, index));
            if (found is null)
            {
                yield return $"{name} has no answer";
            }
            else if (!dying.Functions[index].IsExact)
            {
                if (dying.Functions[index].Causes.Any(string.IsNullOrWhiteSpace))
                {
                    yield return $"{name} is not exact without a cause";
                }
            }
            else if (found != right)
            {
                yield return $"{name} is exact, though the answer is another: {DifferenceOf(right!, found)}";
            }
        }

        // The state is kept: nothing that rests on the death may be in it.
        Compiler.Dies(0, 0, way);
        var healthy = Ask();
        if (healthy.Manifest != _right.Manifest)
        {
            yield return $"with a healthy compiler again the answer is another: {DifferenceOf(_right.Manifest, healthy.Manifest)}";
        }
    }

    private static string? TextOf(AnalysisReport report, int index)
    {
        using var manifest = JsonDocument.Parse(report.Manifest);
        var functions = manifest.RootElement.GetProperty("patchedFunctions");
        return index < functions.GetArrayLength() ? functions[index].GetRawText() : null;
    }

    private static string DifferenceOf(string right, string found)
    {
        var (expected, actual) = (right.Split('\n'), found.Split('\n'));
        string Lines(IEnumerable<string> lines) => string.Join(' ', lines.Select(l => l.Trim()).Take(12));
        return $"missing {Lines(expected.Except(actual))}; instead {Lines(actual.Except(expected))}";
    }

    private AnalysisReport Ask() => LibraryBuild.Analyze(new AnalysisRequest
    {
        Tree = _site.Tree,
        Intermediate = _site.Intermediate,
        Project = _site.Working,
        Functions = _source.Functions,
        Environment = new Dictionary<string, string>(_site.Environment) { ["PATH"] = Compiler.SearchPath },
    });
}
