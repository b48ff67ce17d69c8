using System.Collections;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Oracle.Units;

/// <summary>Runs a program with this process's environment.</summary>
internal static class Shell
{
    /// <summary>This process's environment.</summary>
    public static readonly IReadOnlyDictionary<string, string> Environment = System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);

    /// <summary>Runs a program that must succeed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said first.</exception>
    public static ToolResult Run(string directory, string program, IReadOnlyList<string> arguments)
    {
        var result = TryRun(directory, program, arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: {result.StartError ?? string.Join('\n', result.Errors.Take(5))}");
    }

    /// <summary>Runs a program that may fail.</summary>
    public static ToolResult TryRun(string directory, string program, IReadOnlyList<string> arguments) => ToolProcess.Run(
        new ToolRequest
        {
            Program = Find(directory, program),
            Arguments = arguments,
            WorkingDirectory = directory,
            Environment = Environment,
            MaxLines = int.MaxValue,
        },
        CancellationToken.None);

    private static string Find(string directory, string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(program, directory)
            : Environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator)
                .Select(d => Path.Combine(d, program))
                .FirstOrDefault(File.Exists) ?? program;
}
