using System.Globalization;
using IpaAnalysis.Benchmarks.Measuring;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>The cold path once in a process of its own, whose peak memory is then that of the path and the runtime.</summary>
internal static class ColdProcess
{
    /// <summary>The first argument of the process.</summary>
    public const string Verb = "--cold";

    /// <summary>Starts the process.</summary>
    public static ProcessCost Measure(LibraryContext context, IEnumerable<string> patched)
    {
        var host = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [typeof(ColdProcess).Assembly.Location] : [];
        return Launcher.Run(
            Path.Combine(context.OutputDirectory, "cold.log"),
            context.OutputDirectory,
            host,
            [.. assembly, Verb, context.Corpus.Directory, context.Threads.ToString(CultureInfo.InvariantCulture), .. patched]);
    }

    /// <summary>What the process does.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="arguments">The number of threads, then the patched functions.</param>
    public static void Run(string tree, string[] arguments)
    {
        var threads = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var result = new LibraryWork(tree, threads, [.. arguments[1..]]).Cold(ManifestScope.Patched);
        Console.WriteLine(result.Totals);
    }
}
