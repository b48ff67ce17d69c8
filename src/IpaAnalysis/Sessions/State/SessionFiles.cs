using System.Security.Cryptography;
using System.Text;

namespace IpaAnalysis.Sessions.State;

/// <summary>The files that sessions keep between builds: all names in one place. All lie in the package's directory under the intermediate one.</summary>
/// <param name="outputList">Absolute path of the list of what the package wrote.</param>
internal sealed class SessionFiles(string outputList)
{
    /// <summary>The package's directory.</summary>
    public string Directory { get; } = Path.GetDirectoryName(outputList)!;

    /// <summary>The list of what the package wrote.</summary>
    public string OutputList { get; } = outputList;

    /// <summary>The units that collecting found.</summary>
    public string Units => Of("units.state");

    /// <summary>What collecting saw of the file system.</summary>
    public string Memory => Of("units.memory.state");

    /// <summary>The index of the store of summaries.</summary>
    public string Summaries => Of("summaries.state");

    /// <summary>The index of each unit for scope <c>index</c>.</summary>
    public string Index => Of("index.state");

    /// <summary>What the last analysis found, with the gate's judgement.</summary>
    public string Result => Of("result.state");

    /// <summary>What the last explanation rests on.</summary>
    public string Explanation => Of("explanation.state");

    /// <summary>What compilers said of options.</summary>
    public string Options => Of("options.state");

    /// <summary>What compilers said of bodies.</summary>
    public string Answers => Of("exact.state");

    /// <summary>Where units are compiled again.</summary>
    public string Recompiles => Of("recompile");

    /// <summary>Where archives are unpacked.</summary>
    public string Archives => Of("archives");

    /// <summary>The state file of one of several inputs, whose name may be too long or too strange for that of a file.</summary>
    /// <param name="directory">Absolute directory of such files.</param>
    /// <param name="input">The input as the user wrote it.</param>
    public static string OfInput(string directory, string input) =>
        Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input)).AsSpan(0, 8)) + ".state");

    private string Of(string name) => Path.Combine(Directory, name);
}
