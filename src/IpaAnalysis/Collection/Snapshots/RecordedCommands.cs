using System.Collections.Immutable;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>The commands that one file records.</summary>
/// <param name="Commands">In their order; of a <c>.cmd</c> file at most one.</param>
/// <param name="Diagnostics">What is wrong with the file.</param>
internal sealed record RecordedCommands(ImmutableArray<RecordedCommand> Commands, ImmutableArray<Diagnostic> Diagnostics)
{
    public static RecordedCommands FromKbuild(string file, WordPool pool)
    {
        var bag = new DiagnosticBag();
        return KbuildCommandReader.Read(file, bag, pool) is { } command
            ? new RecordedCommands([command], [.. bag])
            : new RecordedCommands([], [.. bag]);
    }

    public static RecordedCommands FromDatabase(string file, WordPool pool)
    {
        var bag = new DiagnosticBag();
        var commands = CompileCommandsReader.Read(file, bag, pool);
        return new RecordedCommands(ImmutableArray<RecordedCommand>.CastUp(commands), [.. bag]);
    }
}
