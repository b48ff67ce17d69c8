using System.Diagnostics;
using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Dumps.Clones;

namespace IpaAnalysis.Tests.Dumps;

[TestFixture]
internal sealed class DumpCorpusTests
{
    [Test]
    public void Every_line_of_the_corpus_is_understood()
    {
        var corpus = Tools.RequireCorpus();
        var diagnostics = new DiagnosticBag();
        var clones = Read(corpus, "*.ipa-clones", diagnostics, static (text, file, bag) =>
        {
            var count = 0;
            var reader = new CloneDumpReader(text, file, bag);
            while (reader.Read(out _))
            {
                count++;
            }

            return count;
        });
        var graphs = Read(corpus, "*.ci", diagnostics, static (text, file, bag) =>
        {
            var count = 0;
            var reader = new CallGraphReader(text, file, bag);
            while (reader.Read(out _))
            {
                count++;
            }

            return count;
        });

        Assert.That(diagnostics, Is.Empty);
        Assert.That(clones, Is.Positive);
        Assert.That(graphs, Is.Positive);
    }

    private static long Read(string corpus, string pattern, DiagnosticBag diagnostics, Func<byte[], string, DiagnosticBag, int> read)
    {
        long bytes = 0, lines = 0, records = 0;
        var files = 0;
        var time = TimeSpan.Zero;
        foreach (var file in Directory.EnumerateFiles(corpus, pattern, SearchOption.AllDirectories))
        {
            var text = File.ReadAllBytes(file);
            var start = Stopwatch.GetTimestamp();
            records += read(text, file, diagnostics);
            time += Stopwatch.GetElapsedTime(start);
            bytes += text.Length;
            lines += text.AsSpan().Count((byte)'\n');
            files++;
        }

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pattern}: {files} files, {bytes} bytes, {lines} lines, {records} records, {time.TotalMilliseconds:F0} ms, {bytes / 1e6 / time.TotalSeconds:F0} MB/s"));
        return records;
    }
}
