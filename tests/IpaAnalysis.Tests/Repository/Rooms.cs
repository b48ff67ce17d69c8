using IpaAnalysis.Summaries;
using IpaAnalysis.Tests.Collection;

namespace IpaAnalysis.Tests.Repository;

/// <summary>
/// The rooms of the library and the arrows between them: the one place to touch for a new room. A line is a namespace below
/// <c>IpaAnalysis</c> and the rooms that it may use, with all that those may use; each stands below those that it uses.
/// </summary>
internal static class Rooms
{
    private const string Table = """
        Diagnostics:
        Passes:
        Processes:
        Files.Native:
        Files:                       Files.Native
        Files.Locks:                 Files
        Files.State:                 Files, Diagnostics
        Archives:                    Files.State

        CommandLines.Options:
        CommandLines:                CommandLines.Options, Files
        CommandLines.Records:        CommandLines, Diagnostics

        Dumps:                       Diagnostics
        Dumps.Clones:                Dumps
        Dumps.CallGraphs:            Dumps
        Dumps.Folding:               Dumps
        Dumps.Elf.Bytes:             Files, Diagnostics
        Dumps.Elf:                   Dumps.Elf.Bytes
        Dumps.Elf.References:        Dumps.Elf
        Dumps.Elf.Producers:         Dumps.Elf.References, CommandLines.Options

        Compilers.Messages:          Diagnostics
        Compilers:                   Compilers.Messages, CommandLines, Files.State, Processes
        Compilers.Options:           Compilers, Dumps.Elf.Producers, Passes

        Building.Sources.Headers:    CommandLines.Options, Files
        Building.Sources:            Building.Sources.Headers, CommandLines.Records, Compilers
        Building.Kbuild.Messages:    Compilers.Messages
        Building.Kbuild.Trees:       CommandLines.Records, Compilers.Messages
        Building.Kbuild.UpToDate:    Building.Kbuild.Messages, Building.Kbuild.Trees, Files.State, Processes
        Building.Kbuild:             Building.Kbuild.UpToDate, Building.Sources

        Collection.Units:            CommandLines.Records
        Collection.Snapshots:        Collection.Units, Dumps.Elf.Producers, Files.State
        Collection.Scanning:         Collection.Snapshots
        Collection.Pairing:          Collection.Scanning
        Collection:                  Collection.Pairing

        Summaries.Names:             Files
        Summaries:                   Summaries.Names, Collection, Dumps.Folding, Passes
        Summaries.Reading:           Summaries, Dumps.CallGraphs, Dumps.Clones
        Summaries.Store:             Summaries.Reading
        Graph:                       Summaries
        Impact:                      Graph

        Recompile.Source.Lexing:
        Recompile.Source.Declarations: Recompile.Source.Lexing
        Recompile.Source:            Recompile.Source.Declarations
        Recompile.Assembly.Syntax:   Dumps.Elf, Passes
        Recompile.Assembly.Flow:     Recompile.Assembly.Syntax
        Recompile.Assembly.Units:    Recompile.Assembly.Syntax
        Recompile.Assembly.Reading:  Recompile.Assembly.Units
        Recompile.Assembly:          Recompile.Assembly.Flow, Recompile.Assembly.Units
        Recompile.ObjectCode.Images: Dumps.Elf
        Recompile.ObjectCode:        Recompile.ObjectCode.Images
        Recompile.Causes:            Collection.Units, Recompile.ObjectCode, Recompile.Source.Declarations
        Recompile.Compiling:         Recompile.Causes, Recompile.Assembly.Reading, Summaries, Compilers.Options, Dumps.Clones, Files.Locks
        Recompile.Questions.Texts:   Recompile.Compiling, Recompile.Source, Recompile.Assembly
        Recompile.Questions.Answers: Recompile.Questions.Texts
        Recompile.Questions:         Recompile.Questions.Answers
        Recompile.Readers:           Recompile.Compiling, Recompile.Source, Impact
        Recompile:                   Recompile.Questions, Recompile.Readers

        Gating.Violations:           Collection.Units
        Gating.Policies:             Gating.Violations, Impact
        Gating:                      Gating.Policies, Compilers.Options
        Verdicts:                    Gating, Recompile
        Outputs:                     Verdicts

        Sessions.Steps:              Files.State
        Sessions.State:              Sessions.Steps, Outputs
        Sessions.Reporting:          Sessions.Steps
        Sessions.Requests:           Sessions.State, Building.Sources
        Sessions:                    Sessions.Requests, Sessions.Reporting, Summaries.Store, Building.Kbuild, Archives
        """;

    /// <summary>The rooms in their order, each with those that it names.</summary>
    public static IReadOnlyList<(string Room, string[] Uses)> All { get; } =
    [
        .. Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static line => line.Split(':'))
            .Select(static parts => (parts[0], parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))),
    ];

    /// <summary>A room and all that it may use, by way of others too.</summary>
    public static HashSet<string> Reach(string room)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { room };
        var pending = new Stack<string>(reached);
        while (pending.TryPop(out var next))
        {
            foreach (var used in All.Single(r => r.Room == next).Uses.Where(reached.Add))
            {
                pending.Push(used);
            }
        }

        return reached;
    }
}
