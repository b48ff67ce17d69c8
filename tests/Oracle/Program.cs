using System.Globalization;
using IpaAnalysis.Oracle;
using IpaAnalysis.Oracle.Prediction;
using IpaAnalysis.Oracle.Scoring;
using IpaAnalysis.Oracle.Units;

if (args is ["--list-packages"])
{
    Console.WriteLine(string.Join('\n', DebianSource.All.Select(s => s.Package)));
    return 0;
}

if (OracleOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(OracleOptions.Usage);
    return 2;
}

var started = DateTime.UtcNow;
var file = Path.Combine(options.Directory, string.Create(CultureInfo.InvariantCulture, $"oracle-{started:yyyyMMdd-HHmmss}.md"));
var session = new Session(options, [new PlainClosure("dumps only", dumpsOnly: true), new PlainClosure("plain closure", dumpsOnly: false), new AskedCompiler()]);
var results = new List<CodeBaseResult>();
foreach (var result in session.Run())
{
    // The table of what is done is there even if the rest is cut off.
    results.Add(result);
    File.WriteAllText(file, ResultTable.Write(results, options.Verbose));
}

if (results.Count == 0)
{
    Console.Error.WriteLine("There is no code to look at.");
    return 1;
}

Console.Write(File.ReadAllText(file));
Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(DateTime.UtcNow - started).TotalMinutes:0.0} minutes; the table is in {file}"));
return 0;
