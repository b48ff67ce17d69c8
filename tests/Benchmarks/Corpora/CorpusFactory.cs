using System.Globalization;
using IpaAnalysis.Benchmarks.Measuring;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Makes the two trees to measure: S is the corpus or a stand-in for it, L ten renamed copies of S.</summary>
internal sealed class CorpusFactory(string workDirectory, int threads)
{
    /// <summary>How many copies of S are in L.</summary>
    public const int Copies = CopyNames.MaximumCopies;

    // Another number makes trees of an earlier run be made again.
    private const int Version = 1;

    /// <summary>What S is, for the report.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>A private copy of the corpus, which may be changed.</summary>
    public Corpus MakeSmall()
    {
        var source = FindCorpus(Environment.GetEnvironmentVariable("IPA_CORPUS"));
        Origin = source is null
            ? "a generated stand-in of the kernel's shape (IPA_CORPUS names no corpus)"
            : $"the corpus {Path.GetFileName(source)}";
        return Make("S", source ?? "stand-in", directory =>
        {
            if (source is null)
            {
                StandIn.Write(directory, threads);
            }
            else
            {
                CorpusCopier.CopyOnce(source, directory, threads);
            }
        });
    }

    /// <summary>The copies of S.</summary>
    public Corpus MakeLarge(Corpus small) =>
        Make("L", small.Directory + Origin, directory => CorpusCopier.CopyRenamed(small.Directory, directory, Copies, threads));

    private Corpus Make(string name, string source, Action<string> write)
    {
        var directory = Path.Combine(workDirectory, name);
        var stamp = directory + UnfinishedRun.Stamp;
        var content = string.Create(CultureInfo.InvariantCulture, $"{Version}\n{source}");
        if (!File.Exists(stamp) || File.ReadAllText(stamp) != content)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            File.Delete(stamp);
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            write(directory);
            File.WriteAllText(stamp, content);
            Progress.Say($"{name} was made in {watch.Elapsed.TotalSeconds:0.0} s");
        }

        return new Corpus(name, directory);
    }

    /// <summary>The variable names one tree, or a directory that holds one.</summary>
    private static string? FindCorpus(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"IPA_CORPUS names {path}, which is no directory.");
        }

        var hidden = new EnumerationOptions { AttributesToSkip = 0 };
        var directory = Path.GetFullPath(path);
        return Directory.EnumerateFiles(directory, "*.o.cmd", hidden).Any() ? directory : Directory.GetDirectories(directory).Single();
    }
}
