using System.Globalization;
using IpaAnalysis.Faults;
using IpaAnalysis.Faults.Analysing;
using IpaAnalysis.Faults.Cases;

if (args is [LibraryBuild.Command, var request])
{
    return LibraryBuild.Analyze(request);
}

if (FaultOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FaultOptions.Usage);
    return 2;
}

var programs = FaultRegistry.All.Where(p => options.Only.Count == 0 || options.Only.Contains(p.Name)).ToList();
if (options.List)
{
    foreach (var program in programs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Name,-12} {FaultRunner.Select(program, options.Settings).Count,6}  {program.Description}"));
    }

    return 0;
}

var results = new List<ProgramResult>();
foreach (var program in programs)
{
    var cases = FaultRunner.Select(program, options.Settings);
    Console.Error.WriteLine($"{program.Name}: {cases.Count} cases");
    results.Add(FaultRunner.Run(program, cases, options.Directory, check => Console.Error.WriteLine($"  FAILED {program.Name}: {check.Name}: {check.Failure}")));
}

var table = FaultTable.Write(results);
File.WriteAllText(Path.Combine(options.Directory, "faults.md"), table);
Console.Write(table);
return results.TrueForAll(r => r.Failures.Count == 0) ? 0 : 1;
