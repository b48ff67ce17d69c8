using IpaAnalysis.Building.Sources;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Carries a compiled source from the compiling task to the collecting one.</summary>
internal static class CompiledSourceItem
{
    public static ITaskItem Create(CompiledSource source)
    {
        var item = ItemMetadata.Create(source.Object);
        Set(item, nameof(CompiledSource.Object), source.Object);
        Set(item, nameof(CompiledSource.ObjectPath), source.ObjectPath);
        Set(item, nameof(CompiledSource.DumpPath), source.DumpPath);
        Set(item, nameof(CompiledSource.CallGraphPath), source.CallGraphPath);
        Set(item, nameof(CompiledSource.FoldingRecordPath), source.FoldingRecordPath);
        Set(item, nameof(CompiledSource.SourcePath), source.SourcePath);
        Set(item, nameof(CompiledSource.WorkingDirectory), source.WorkingDirectory);
        Set(item, nameof(CompiledSource.Command), string.Join(' ', source.Command.Select(GccArguments.Quote)));
        return item;
    }

    public static Unit ToUnit(ITaskItem item, SourcePathMap paths)
    {
        var directory = ItemMetadata.Get(item, nameof(CompiledSource.WorkingDirectory));
        var command = RecordedCommand.Of([.. GccArguments.Split(item.GetMetadata(nameof(CompiledSource.Command)))], directory);
        return new Unit
        {
            Object = item.GetMetadata(nameof(CompiledSource.Object)),
            ObjectPath = ItemMetadata.Get(item, nameof(CompiledSource.ObjectPath)),
            DumpPath = ItemMetadata.Get(item, nameof(CompiledSource.DumpPath)),
            CallGraphPath = ItemMetadata.Get(item, nameof(CompiledSource.CallGraphPath)),
            FoldingRecordPath = ItemMetadata.Get(item, nameof(CompiledSource.FoldingRecordPath)),
            SourcePath = ItemMetadata.Get(item, nameof(CompiledSource.SourcePath)),
            WorkingDirectory = directory,
            Paths = paths,
            Command = command,
            Options = RecordedOptions.From(command, OptionOrigin.OwnCompile, isTrusted: true),
        };
    }

    private static void Set(ITaskItem2 item, string name, string? value)
    {
        if (value is not null)
        {
            ItemMetadata.Set(item, name, value);
        }
    }
}
