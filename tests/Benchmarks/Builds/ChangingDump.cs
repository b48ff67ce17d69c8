using System.Globalization;
using System.Text;
using IpaAnalysis.Benchmarks.Corpora;

namespace IpaAnalysis.Benchmarks.Builds;

/// <summary>
/// A dump whose content is another one each time, as if its source had been edited and compiled again: one more function
/// that is inlined. It is written in place, as GCC does.
/// </summary>
internal sealed class ChangingDump : IDisposable
{
    private const int TypicalLines = 100;

    private readonly string _file;
    private readonly byte[] _original;
    private readonly DateTime _time;
    private readonly string[] _inlined;
    private int _changes;

    public ChangingDump(Corpus corpus)
    {
        string[] dumps = [.. corpus.Dumps];
        foreach (var file in dumps.Skip(dumps.Length / 2).Concat(dumps))
        {
            var lines = File.ReadAllLines(file, Encoding.Latin1);
            var inlined = lines.FirstOrDefault(static l => l.EndsWith(";inlining to", StringComparison.Ordinal))?.Split(';');
            if (lines.Length >= TypicalLines && inlined is { Length: 12 })
            {
                (_file, _inlined) = (file, inlined);
                _original = File.ReadAllBytes(file);
                _time = File.GetLastWriteTimeUtc(file);
                return;
            }
        }

        throw new InvalidOperationException($"{corpus.Directory} has no dump with {TypicalLines} lines and an inlined function.");
    }

    /// <summary>Gives the dump a content that it never had.</summary>
    public void Change()
    {
        _changes++;
        var text = new StringBuilder();
        for (var i = 1; i <= _changes; i++)
        {
            var number = (900000 + i).ToString(CultureInfo.InvariantCulture);
            string[] fields = [_inlined[0], $"ipa_bench_added_{i}", number, .. _inlined[3..]];
            text.AppendJoin(';', fields).Append('\n');
        }

        using var stream = new FileStream(_file, FileMode.Truncate, FileAccess.Write);
        stream.Write(_original);
        stream.Write(Encoding.Latin1.GetBytes(text.ToString()));
    }

    /// <summary>Puts the first content and its time stamp back.</summary>
    public void Dispose()
    {
        File.WriteAllBytes(_file, _original);
        File.SetLastWriteTimeUtc(_file, _time);
    }
}
