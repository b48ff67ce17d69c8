using System.Globalization;
using IpaAnalysis.Sessions.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>An <c>IpaAffectedFunction</c> or <c>IpaFunctionToPatch</c> item.</summary>
internal static class AffectedItem
{
    public static ITaskItem Of(AffectedRow row)
    {
        var item = ItemMetadata.Create($"{row.Object}!{row.Symbol}");
        ItemMetadata.Set(item, nameof(row.Symbol), row.Symbol);
        ItemMetadata.Set(item, nameof(row.Object), row.Object);
        ItemMetadata.Set(item, nameof(row.Function), row.Function);
        ItemMetadata.Set(item, nameof(row.SourceFile), row.SourceFile ?? "");
        ItemMetadata.Set(item, nameof(row.Line), Position(row.Line));
        ItemMetadata.Set(item, nameof(row.Column), Position(row.Column));
        ItemMetadata.Set(item, nameof(row.PatchedFunction), row.PatchedFunction);
        ItemMetadata.Set(item, nameof(row.Reason), row.Reason);
        ItemMetadata.Set(item, nameof(row.Emitted), row.Emitted);
        ItemMetadata.Set(item, nameof(row.Confirmed), row.Confirmed);
        return item;
    }

    private static string Position(int value) => value > 0 ? value.ToString(CultureInfo.InvariantCulture) : "";
}
