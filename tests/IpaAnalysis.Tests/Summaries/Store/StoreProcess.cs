using System.Diagnostics;
using System.Globalization;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.Tests.Summaries.Store;

/// <summary>Another process that works on a store: this assembly, started as a program.</summary>
internal static class StoreProcess
{
    private const string StoreWasUnwritable = "the store was unwritable";

    /// <summary>Starts a process that opens the store many times, each time with other objects of the tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="rounds">How many times.</param>
    /// <param name="seed">Which objects.</param>
    /// <param name="fileBlocks">The largest size of a file in the shell's blocks, as on a full disk; 0 for any.</param>
    public static Process Start(StoreTree tree, int rounds, int seed, int fileBlocks = 0)
    {
        string[] program =
        [
            Environment.ProcessPath!, "exec", typeof(StoreProcess).Assembly.Location,
            tree.Directory, rounds.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture),
        ];
        var start = fileBlocks == 0
            ? new ProcessStartInfo(program[0], program[1..])
            : new ProcessStartInfo("/bin/sh", ["-c", $"trap '' XFSZ; ulimit -f {fileBlocks}; exec \"$@\"", "sh", .. program]);
        start.RedirectStandardOutput = true;

        // The runtime's own double mapping is a file of its own to the limit.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end; the process must have found its store right in every round.</summary>
    /// <returns>How often the store could not be written.</returns>
    public static int MustSucceed(Process process)
    {
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, output);
        return output.Split('\n').Count(l => l.StartsWith(StoreWasUnwritable, StringComparison.Ordinal));
    }

    public static int Main(string[] arguments)
    {
        if (arguments.Length != 3)
        {
            return 0;
        }

        var tree = new StoreTree(arguments[0]);
        var random = new Random(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        for (var round = int.Parse(arguments[1], CultureInfo.InvariantCulture); round > 0; round--)
        {
            var units = tree.Units.Where(_ => random.Next(3) != 0).ToArray();
            using var store = SummaryStore.Open(
                new SummaryStoreOptions { IndexFile = tree.IndexFile }, units, [.. units.Select(UnitFiles.Of)], CancellationToken.None);
            if (store.Problem is not null)
            {
                Console.WriteLine($"{StoreWasUnwritable}: {store.Problem.Message}");
            }

            for (var unit = 0; unit < units.Length; unit++)
            {
                if (!Encode(store.Load(unit)).SequenceEqual(Encode(SummaryReader.Read(units[unit]))))
                {
                    Console.WriteLine($"{units[unit].Object} is not what its files say.");
                    return 1;
                }
            }
        }

        return 0;
    }

    private static byte[] Encode(ObjectSummary summary)
    {
        var writer = new PackedWriter();
        SummaryCodec.Write(writer, summary);
        return writer.Written.ToArray();
    }
}
