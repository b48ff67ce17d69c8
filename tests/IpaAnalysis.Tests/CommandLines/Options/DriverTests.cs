using System.Collections.Concurrent;
using System.Diagnostics;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.Tests.CommandLines.Options;

/// <summary>The reader against the real driver, which says with <c>-###</c> what it understood.</summary>
internal sealed class DriverTests
{
    private const string Options = "COLLECT_GCC_OPTIONS=";

    [TestCase("gcc-11", 11)]
    [TestCase("gcc-12", 12)]
    public void Spellings_mean_what_the_driver_takes_them_for(string compiler, int major)
    {
        Tools.Require(compiler);
        using var files = new TemporaryTree();
        files.Write("v.c");
        files.Write("s.c");
        var failures = new ConcurrentBag<string>();
        var (compared, refused) = (0, 0);
        Parallel.ForEach(Spellings(major).Distinct(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, spelling =>
        {
            var words = spelling.Split(' ');
            var (options, inputs, isRefused) = Ask(compiler, files.Path, [.. words, "s.c"]);
            var (expected, expectedInputs, isUnknown) = Read([.. words, "s.c"]);
            if (isRefused || isUnknown)
            {
                Interlocked.Increment(ref refused);
                if (isRefused != isUnknown && options is not null)
                {
                    failures.Add($"{spelling}: unknown to the driver {isRefused}, to the reader {isUnknown}");
                }
            }
            else if (options is not null)
            {
                Interlocked.Increment(ref compared);
                // The driver adds what some need (-fgnu-tm: -pthread).
                if (options.Length > 0 && !string.Concat(options).StartsWith(string.Concat(expected), StringComparison.Ordinal))
                {
                    failures.Add($"{spelling}: {string.Join(' ', options)}, not {string.Join(' ', expected)}");
                }

                // What is named by -o names the dumps too.
                if (!inputs.SequenceEqual(expectedInputs) && !expected.Contains("-o"))
                {
                    failures.Add($"{spelling}: inputs {string.Join(' ', inputs)}, not {string.Join(' ', expectedInputs)}");
                }
            }
        });
        TestContext.Out.WriteLine($"{compared} compared, {refused} refused");
        Assert.That(string.Join('\n', failures.Order(StringComparer.Ordinal)), Is.Empty);
        Assert.That(compared, Is.GreaterThan(300));
        Assert.That(refused, Is.GreaterThan(20));
    }

    private static IEnumerable<string> Spellings(int major)
    {
        var rows = OptionTable.Gcc.Options.Where(o =>
            o.Since <= major && (o.Until == 0 || o.Until >= major) && (o.IsOfC || o.IsOfDriver) && !o.IsBarrier
            && o.Where.Split(',').Any(static w => w is "driver" or "common" or "c" or "linux")).ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            var option = rows[i];
            if ((i % 16 != 0 && !option.IsSeparate && option.Target is null) || option.Name.Contains("dumpbase", StringComparison.Ordinal))
            {
                continue;
            }

            var value = option.IsJoined ? "v" : "";
            yield return option.Name + value;
            if (option.IsSeparate)
            {
                yield return option.Name + " v.c";
            }

            var name = option.Name[1..] + value;
            var rest = name[1..];
            foreach (var spelling in name[0] switch
            {
                'f' => (string[])["--" + rest, "--no-" + rest, "-fno-" + rest],
                'W' => ["--warn-" + rest, "--warn-no-" + rest, "-Wno-" + rest],
                'g' => ["--debug=" + rest, "-gno-" + rest],
                'O' => ["--optimize=" + rest],
                's' when rest.StartsWith("td=", StringComparison.Ordinal) => ["--std=" + rest[3..], "--std " + rest[3..]],
                _ => [],
            })
            {
                yield return spelling;
            }
        }

        foreach (var machine in (string[])["fentry", "record-mcount", "32", "arch=x86-64", "nosuch"])
        {
            foreach (var form in (string[])["-m{0}", "-mno-{0}", "--machine-{0}", "--machine-no-{0}", "--machine={0}", "--machine=no-{0}", "--machine {0}", "--machine no-{0}"])
            {
                yield return string.Format(null, System.Text.CompositeFormat.Parse(form), machine);
            }
        }
    }

    /// <summary>What the driver passes on, what it compiles, and whether it does not know an option; no options where it does something else.</summary>
    private static (string[]? Options, string[] Inputs, bool IsRefused) Ask(string compiler, string directory, string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(compiler, ["-###", "-c", .. words])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = directory,
            Environment = { ["LC_ALL"] = "C" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var lines = process.StandardError.ReadToEnd().Split('\n');
        process.WaitForExit();
        _ = output.Result;
        var isRefused = Array.Exists(lines, static l => l.Contains("unrecognized command-line option", StringComparison.Ordinal));
        var inputs = lines.Where(static l => l.Contains("/cc1", StringComparison.Ordinal) && l.Contains("-dumpbase ", StringComparison.Ordinal))
            .Select(static l => l.Split(' ')).Select(static words => words[Array.IndexOf(words, "-dumpbase") + 1]).Distinct().ToArray();
        if (Array.Find(lines, static l => l.StartsWith(Options, StringComparison.Ordinal)) is not { } line || !ShellWords.TrySplit("x " + line[Options.Length..], out var commands))
        {
            return (null, inputs, isRefused);
        }

        return ([.. commands[0].Skip(1).Where(static w => w is not ("-c" or "-mtune=generic" or "-march=x86-64" or "-###"))], inputs, isRefused);
    }

    private static (List<string> Options, List<string> Inputs, bool IsUnknown) Read(string[] words)
    {
        var (options, inputs, isUnknown) = (new List<string>(), new List<string>(), false);
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            var argument = reader.Current;
            isUnknown |= argument.Kind == ArgumentKind.Unknown && !reader.Word.StartsWith("-Wno-", StringComparison.Ordinal);
            if (argument.Kind == ArgumentKind.Input)
            {
                inputs.Add(reader.Word);
            }
            else if (argument.Option is { } option)
            {
                var name = argument.IsNegated && option.Name[1] is ('W' or 'f' or 'g' or 'm') ? string.Concat(option.Name.AsSpan(0, 2), "no-", option.Name.AsSpan(2)) : option.Name;
                var value = reader.Value.ToString();
                options.AddRange(option.IsSeparate && value.Length > 0 ? [name, value] : [name + value]);
            }
        }

        return (options, inputs, isUnknown);
    }
}
