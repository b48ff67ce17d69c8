using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace IpaAnalysis.Faults.Cases;

/// <summary>Runs a program's cases, each in a directory of its own.</summary>
internal static class FaultRunner
{
    /// <summary>The cases that the settings ask for, in an order that the seed decides.</summary>
    public static IReadOnlyList<FaultCase> Select(IFaultProgram program, FaultSettings settings)
    {
        FaultCase[] cases = [.. program.Cases(settings).Where(c => (!settings.IsShort || !c.IsLong) && c.Name.Contains(settings.Case, StringComparison.Ordinal))];
        new Random(settings.Seed).Shuffle(cases);
        return cases[..((cases.Length + settings.Share - 1) / settings.Share)];
    }

    /// <summary>Runs cases.</summary>
    /// <param name="program">Whose cases they are.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="directory">An absolute directory for their files; what a case leaves there is removed when it passed.</param>
    /// <param name="report">Is told of each check that failed, as soon as it did.</param>
    public static ProgramResult Run(IFaultProgram program, IReadOnlyList<FaultCase> cases, string directory, Action<FaultCheck> report)
    {
        var clock = Stopwatch.StartNew();
        var checks = new ConcurrentQueue<FaultCheck>();
        Parallel.For(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = program.Jobs }, i =>
        {
            var own = Path.Combine(directory, program.Name, i.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(own);
            var found = Run(cases[i], own);
            foreach (var check in found)
            {
                checks.Enqueue(check);
                if (check.Failure is not null)
                {
                    report(check);
                }
            }

            if (!found.Exists(c => c.Failure is not null))
            {
                Harness.Site.Remove(own);
            }
        });
        return new ProgramResult(program.Name, [.. checks], clock.Elapsed);
    }

    private static List<FaultCheck> Run(FaultCase @case, string directory)
    {
        try
        {
            var checks = @case.Run(directory).ToList();
            return checks.Count > 0 ? checks : [new FaultCheck(@case.Name, "the case checked nothing")];
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return [new FaultCheck(@case.Name, $"the case could not be tried: {e.Message}")];
        }
    }
}
