using IpaAnalysis.Building.Sources;
using IpaAnalysis.CommandLines;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

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

    /// <summary>Reads what <see cref="Create"/> made.</summary>
    public static CompiledSource Read(ITaskItem item) => new()
    {
        Object = item.GetMetadata(nameof(CompiledSource.Object)),
        ObjectPath = item.GetMetadata(nameof(CompiledSource.ObjectPath)),
        DumpPath = ItemMetadata.Get(item, nameof(CompiledSource.DumpPath)),
        CallGraphPath = ItemMetadata.Get(item, nameof(CompiledSource.CallGraphPath)),
        FoldingRecordPath = ItemMetadata.Get(item, nameof(CompiledSource.FoldingRecordPath)),
        SourcePath = item.GetMetadata(nameof(CompiledSource.SourcePath)),
        WorkingDirectory = item.GetMetadata(nameof(CompiledSource.WorkingDirectory)),
        Command = GccArguments.Split(item.GetMetadata(nameof(CompiledSource.Command))),
    };

    private static void Set(ITaskItem2 item, string name, string? value)
    {
        if (value is not null)
        {
            ItemMetadata.Set(item, name, value);
        }
    }
}
