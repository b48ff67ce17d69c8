using IpaAnalysis.Diagnostics;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Verdicts;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>What the analysing tasks make of their inputs.</summary>
internal static class AnalysisInputs
{
    /// <summary>The functions that items name; a line or flag that cannot be read is reported.</summary>
    /// <param name="functions">The items.</param>
    /// <param name="absolute">Makes a path from the project's directory absolute.</param>
    /// <param name="diagnostics">Takes what cannot be read.</param>
    public static FunctionQuery[] Queries(ITaskItem[] functions, Func<string, string> absolute, DiagnosticBag diagnostics) =>
    [
        .. functions.Select(item => new FunctionQuery(
            item.ItemSpec,
            ItemMetadata.Get(item, "SourceFile"),
            ItemMetadata.Get(item, "Object"),
            Line(ItemMetadata.Get(item, "Line"), $"Line of IpaPatchedFunction '{item.ItemSpec}'", diagnostics),
            Flag(ItemMetadata.Get(item, "AllMatches"), $"AllMatches of IpaPatchedFunction '{item.ItemSpec}'", diagnostics))
        {
            SourcePath = SourcePath(ItemMetadata.Get(item, "SourceFile"), absolute),
        }),
    ];

    /// <summary>The file that <c>SourceFile</c> is, taken as a path; null for none.</summary>
    public static string? SourcePath(string? sourceFile, Func<string, string> absolute) =>
        string.IsNullOrEmpty(sourceFile) || sourceFile.Contains('\0', StringComparison.Ordinal) ? null : absolute(sourceFile.Replace('\\', '/'));

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

    /// <summary>Which functions to tell of; null when nothing is said.</summary>
    public static ManifestScope? Scope(string text, DiagnosticBag diagnostics) => Word<ManifestScope>(text, "IpaManifestScope", "patched, index or all", diagnostics);

    /// <summary>Whether compilers are asked; <see cref="ExactMode.Auto"/> when nothing is said.</summary>
    public static ExactMode Exact(string text, DiagnosticBag diagnostics) =>
        Word<ExactMode>(text, "IpaExactImpact", "auto, true or false", diagnostics) ?? ExactMode.Auto;

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

    /// <summary>One of an enumeration's words, in any case; <see cref="Enum.TryParse{TEnum}(string, out TEnum)"/> would also take numbers and lists.</summary>
    private static T? Word<T>(string text, string property, string words, DiagnosticBag diagnostics)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        if (text.Length > 0)
        {
            diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"{property} is '{text}'. Give {words}."));
        }

        return null;
    }
}
