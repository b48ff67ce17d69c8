using System.Globalization;
using System.Text;

namespace IpaAnalysis.Faults.Cases;

/// <summary>Writes results as a table, with what failed behind it.</summary>
internal static class FaultTable
{
    /// <summary>Writes.</summary>
    public static string Write(IReadOnlyList<ProgramResult> results)
    {
        var text = new StringBuilder("| program | cases | passed | failed | seconds |\n|---|---:|---:|---:|---:|\n");
        foreach (var result in results)
        {
            var failed = result.Failures.Count;
            text.Append(CultureInfo.InvariantCulture, $"| {result.Program} | {result.Checks.Count} | {result.Checks.Count - failed} | {failed} | {result.Time.TotalSeconds:0} |\n");
        }

        foreach (var result in results.Where(r => r.Failures.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{result.Program}:\n");
            foreach (var check in result.Failures)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {check.Name}: {check.Failure}\n");
            }
        }

        return text.ToString();
    }
}
