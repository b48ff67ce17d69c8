using IpaAnalysis.Diagnostics;
using IpaAnalysis.Impact;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What the analysing tasks make of their inputs.</summary>
internal static class AnalysisInputs
{
    /// <summary>The functions that items name; a line or flag that cannot be read is reported.</summary>
    public static FunctionQuery[] Queries(ITaskItem[] functions, DiagnosticBag diagnostics) =>
    [
        .. functions.Select(item => new FunctionQuery(
            item.ItemSpec,
            ItemMetadata.Get(item, "SourceFile"),
            ItemMetadata.Get(item, "Object"),
            Line(ItemMetadata.Get(item, "Line"), $"Line of IpaPatchedFunction '{item.ItemSpec}'", diagnostics),
            Flag(ItemMetadata.Get(item, "AllMatches"), $"AllMatches of IpaPatchedFunction '{item.ItemSpec}'", diagnostics))),
    ];

    /// <summary>A 1-based line; 0 when there is none.</summary>
    public static int Line(string? text, string what, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var line)
            && line > 0)
        {
            return line;
        }

        diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"{what} is '{text}'. Give a line number, 1 or more."));
        return 0;
    }

    /// <summary>True or false; false when there is none.</summary>
    public static bool Flag(string? text, string what, DiagnosticBag diagnostics)
    {
        if (text is null || bool.TryParse(text, out _))
        {
            return text is not null && bool.Parse(text);
        }

        diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"{what} is '{text}'. Give true or false."));
        return false;
    }
}
