using System.Text.RegularExpressions;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>What a makefile of a user depends on beside the files that kbuild records.</summary>
/// <param name="Includes">The makefiles that it includes, as written.</param>
/// <param name="Variables">The variables that it asks for; one may come from the environment.</param>
/// <param name="Obscure">What only make could tell the value of; null when there is nothing such.</param>
internal sealed partial record KbuildMakefile(IReadOnlyList<string> Includes, IReadOnlySet<string> Variables, string? Obscure)
{
    /// <summary>Reads a makefile.</summary>
    /// <param name="text">Its content.</param>
    public static KbuildMakefile Parse(string text)
    {
        var includes = new List<string>();
        string? obscure = null;
        text = text.Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            var comment = line.IndexOf('#');
            line = comment >= 0 ? line[..comment] : line;
            if (IncludeLine().Match(line.ToString()) is { Success: true } include)
            {
                includes.AddRange(include.Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            }

            if (Assignment().IsMatch(line))
            {
                obscure ??= line.Trim().ToString();
            }

            // What follows a tab is for the shell of a make that is started by hand.
            var code = line.StartsWith("\t") ? default : line;
            foreach (var call in ShellCall().EnumerateMatches(code))
            {
                var command = code[(call.Index + call.Length)..].TrimStart();

                // The usual ones find the kernel and the directory, for a make that is started by hand.
                if (!command.StartsWith("uname ") && !command.StartsWith("pwd)"))
                {
                    obscure ??= code[call.Index..].Trim().ToString();
                }
            }
        }

        var variables = VariableUse().Matches(text).Select(static m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        return new KbuildMakefile(includes, variables, obscure);
    }

    [GeneratedRegex(@"^\s*(?:-?include|sinclude)\s+(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex IncludeLine();

    [GeneratedRegex(@"\$[({]shell\b", RegexOptions.CultureInvariant)]
    private static partial Regex ShellCall();

    /// <summary><c>NAME != COMMAND</c></summary>
    [GeneratedRegex(@"^ *[\w.-]+\s*!=", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?:\$[({]|\b(?:ifdef|ifndef)\s+)([A-Za-z_][A-Za-z0-9_]*)", RegexOptions.CultureInvariant)]
    private static partial Regex VariableUse();
}
