using System.Globalization;
using IpaAnalysis.Benchmarks;
using IpaAnalysis.Benchmarks.Library;
using IpaAnalysis.Benchmarks.Measuring;

if (args is [Launcher.Verb, var log, var program, ..])
{
    return Launcher.Measure(log, program, args[3..]);
}

if (args is [ColdProcess.Verb, var tree, ..])
{
    ColdProcess.Run(tree, args[2..]);
    return 0;
}

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

var started = DateTime.UtcNow;
var table = new Session(options).Run();
var file = Path.Combine(options.Directory, string.Create(CultureInfo.InvariantCulture, $"bench-{started:yyyyMMdd-HHmmss}.md"));
File.WriteAllText(file, table);
Console.Write(table);
Progress.Say(string.Create(CultureInfo.InvariantCulture, $"{(DateTime.UtcNow - started).TotalMinutes:0.0} minutes; the table is in {file}"));
return 0;
