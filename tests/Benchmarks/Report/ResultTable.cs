using System.Globalization;
using System.Text;
using IpaAnalysis.Benchmarks.Corpora;

namespace IpaAnalysis.Benchmarks.Report;

/// <summary>Collects what was measured and writes it as markdown.</summary>
internal sealed class ResultTable
{
    private readonly List<Measurement> _measurements = [];
    private readonly Dictionary<string, Corpus> _corpora = [];
    private readonly List<(string Corpus, string Phase, double Seconds)> _phases = [];
    private readonly string _machine = Machine.Describe();

    /// <summary>What S is.</summary>
    public string Origin { get; set; } = "";

    public void Add(Corpus corpus) => _corpora.Add(corpus.Name, corpus);

    public void Add(Measurement measurement) => _measurements.Add(measurement);

    public void Add(string corpus, IEnumerable<(string Phase, double Seconds)> phases) =>
        _phases.AddRange(phases.Select(p => (corpus, p.Phase, p.Seconds)));

    /// <summary>The tables.</summary>
    public string Format()
    {
        var text = new StringBuilder();
        Line(text, $"Machine: {_machine}. S is {Origin}; L is S ten times with other names. Times are medians of whole runs; a ratio is taken in one run on the same files.");
        Line(text, $"");
        foreach (var corpus in _corpora.Values)
        {
            Line(text, $"- {corpus.Name}: {corpus.ObjectCount:#,0} objects, {corpus.Files.Count:#,0} files, {corpus.Bytes / 1e6:0.0} MB");
        }

        Line(text, $"");
        Line(text, $"| work | on | time | CPU | runs | peak memory | allocated | ratio | CPU ratio | target | met |");
        Line(text, $"|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        foreach (var measurement in _measurements.OrderBy(m => m.Corpus == "S" ? 0 : 1))
        {
            WriteRow(text, measurement);
        }

        if (_phases.Count > 0)
        {
            Line(text, $"");
            Line(text, $"| phase of the cold path | on | time |");
            Line(text, $"|---|---|--:|");
            foreach (var (corpus, phase, seconds) in _phases)
            {
                Line(text, $"| {phase} | {corpus} | {seconds * 1000:0} ms |");
            }
        }

        return text.ToString();
    }

    private void WriteRow(StringBuilder text, Measurement row)
    {
        var target = Target.Of(row.Row, row.Corpus);
        var ratio = target is null ? null : Ratio(row, target.Reference);
        var against = target is null || ratio is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} × {Name(row, target.Reference)}");
        var cpu = target is not null && CpuRatio(row, target.Reference) is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00}") : "";
        var limit = target?.Limit is { } most ? string.Create(CultureInfo.InvariantCulture, $"≤ {most}") : "";
        var met = target?.Limit is null || ratio is null ? "" : ratio <= target.Limit ? "yes" : "**no**";
        Line(text, $"| {Rows.Describe(row.Row)} | {row.Corpus} | {row.Wall.TotalMilliseconds:#,0} ms | {row.Cpu.TotalMilliseconds:#,0} ms | {row.Runs} | {Megabytes(row.PeakBytes)} | {Megabytes(row.AllocatedBytes)} | {against} | {cpu} | {limit} | {met} |");
    }

    private double? Ratio(Measurement row, Reference reference) => reference switch
    {
        Reference.Reading => row.Wall / Find(Rows.ReadBytes, row.Corpus)?.Wall,
        Reference.ColdSmall => row.Wall / Find(Rows.Cold, "S")?.Wall,
        Reference.EmptyBuild => row.Wall / row.Empty?.Wall,
        _ => row.PeakBytes / (double)_corpora[row.Corpus].Bytes,
    };

    /// <summary>Depends less on what else the machine does.</summary>
    private double? CpuRatio(Measurement row, Reference reference) => reference switch
    {
        Reference.Reading => row.Cpu / Find(Rows.ReadBytes, row.Corpus)?.Cpu,
        Reference.ColdSmall => row.Cpu / Find(Rows.Cold, "S")?.Cpu,
        Reference.EmptyBuild => row.Cpu / row.Empty?.Cpu,
        _ => null,
    };

    private static string Name(Measurement row, Reference reference) => reference switch
    {
        Reference.Reading => "read",
        Reference.ColdSmall => "cold S",
        Reference.EmptyBuild => string.Create(CultureInfo.InvariantCulture, $"empty ({row.Empty!.Wall.TotalMilliseconds:#,0} ms)"),
        _ => "bytes",
    };

    private Measurement? Find(string row, string corpus) => _measurements.Find(m => m.Row == row && m.Corpus == corpus);

    private static string Megabytes(long? bytes) =>
        bytes is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:#,0} MB") : "";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
