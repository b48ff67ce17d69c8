using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>Picks, among the commands of one line, the one that makes the target.</summary>
internal static class CommandLine
{
    /// <summary>Reads the command that makes <paramref name="target"/>.</summary>
    /// <param name="commands">The commands of the line, in order.</param>
    /// <param name="target">The target as written; null when the line does not name it.</param>
    /// <param name="changedDirectory">The argument of a <c>cd</c> before that command; null when there is none.</param>
    /// <param name="isForTarget">Whether a C compile has the macros that kbuild gives to the target's C only.</param>
    public static RecordedCommand Read(
        ImmutableArray<ImmutableArray<string>> commands,
        string? target,
        out string? changedDirectory,
        out bool isForTarget)
    {
        RecordedCommand? best = null;
        var bestRank = 0;
        string? directory = null;
        changedDirectory = null;
        isForTarget = false;
        foreach (var words in commands)
        {
            if (words is ["cd", var into])
            {
                directory = into;
                continue;
            }

            var parser = default(CommandLineParser);
            var command = parser.Parse(words);
            var makesTarget = target is not null && command.Output == target;
            var rank = (command.Kind is CommandKind.CCompile or CommandKind.Assembler or CommandKind.AssemblyOnly ? 4 : 0) + (makesTarget ? 2 : 0) + (command.Kind == CommandKind.Link ? 1 : 0) + 1;
            if (rank > bestRank)
            {
                (best, bestRank, changedDirectory, isForTarget) = (command, rank, directory, parser.IsForTarget);
            }
        }

        return best ?? new RecordedCommand();
    }
}
