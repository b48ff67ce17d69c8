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
List<CodeBaseResult> results = [.. new Session(options, [new PlainClosure("dumps only", dumpsOnly: true), new PlainClosure("plain closure", dumpsOnly: false)]).Run()];
if (results.Count == 0)
{
    Console.Error.WriteLine("There is no code to look at.");
    return 1;
}

var table = ResultTable.Write(results, options.Verbose);
var file = Path.Combine(options.Directory, string.Create(CultureInfo.InvariantCulture, $"oracle-{started:yyyyMMdd-HHmmss}.md"));
File.WriteAllText(file, table);
Console.Write(table);
Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(DateTime.UtcNow - started).TotalMinutes:0.0} minutes; the table is in {file}"));
return 0;
