using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IpaAnalysis.Building.Kbuild;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What the tasks that build through kbuild have in common.</summary>
public abstract class IpaKbuildTask : IpaLockedTask
{
    /// <summary>make: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Make { get; set; } = "";

    /// <summary>How many commands make may run at once.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>The compiler, only if the user chose one; else kbuild's own.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>Where compilers' messages are kept for builds in which make has nothing to compile.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>Logs what came of one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="result">What came of it.</param>
    private protected void Report(ITaskItem item, KbuildResult result)
    {
        foreach (var line in result.Reasons.Concat(result.Log))
        {
            LogLow(line);
        }

        Report(result.Diagnostics);
        if (result.Succeeded)
        {
            LogText(
                MessageImportance.Normal,
                result.IsUpToDate
                    ? $"{item.ItemSpec}: make has nothing to do."
                    : $"{item.ItemSpec}: make took {result.MakeTime.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s.");
        }
    }

    /// <summary>The name of an input's state file; a directory's name may be too long or too strange for one.</summary>
    internal static string StateName(string input) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input)).AsSpan(0, 8)) + ".state";
}
