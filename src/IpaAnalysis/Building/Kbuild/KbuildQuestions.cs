using System.Text.RegularExpressions;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>Asks kconfig which symbols it would ask the user about.</summary>
internal static partial class KbuildQuestions
{
    /// <summary>The target that lists symbols without a value, in the order of the questions, and changes nothing (<c>scripts/kconfig/Makefile</c>).</summary>
    public const string Target = "listnewconfig";

    /// <summary>The first symbol; null when kconfig names none.</summary>
    /// <param name="options">The kernel.</param>
    /// <param name="make">Absolute path of make.</param>
    /// <param name="arguments">make's whole command line, with <see cref="Target"/>.</param>
    /// <param name="cancellation">Ends make and all it started.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static string? First(KbuildOptions options, string make, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        string? first = null;
        var request = KbuildMake.Request(options, make, arguments) with
        {
            OnLine = (line, isError) => first ??= !isError && Symbol().Match(line) is { Success: true } match ? match.Groups[1].Value : null,
        };
        ToolProcess.Run(request, cancellation);
        return first;
    }

    /// <summary><c>CONFIG_NAME=n</c>; before Linux 4.19 the name alone.</summary>
    [GeneratedRegex("^(CONFIG_[A-Za-z0-9_]+)(=|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Symbol();
}
