using System.Globalization;
using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>
/// Whether a clone dump and a call graph can be those of the object beside them. Two compiles that write to one directory
/// under one stem (<c>a.o</c>, then <c>a.sho</c>) leave the files of the second for both.
/// </summary>
/// <remarks>
/// Only what holds for every object is asked; seen in all 2,694 of a whole kernel. A function that the final call graph
/// gives a body (GCC's <c>final_scan_insn</c> has come by) is assembled under that name, so the object has its symbol; the
/// other way round aliases and functions of inline assembly have symbols only. A clone of IPA-CP, IPA-SRA or partial
/// inlining is always recorded in the dump before it can be emitted. GCC begins the graph with the
/// main file as it was given it, and writes its name without directory into the object (<c>output_file_directive</c>).
/// </remarks>
internal static class ArtifactOrigin
{
    private static readonly string[] s_recordedSuffixes = ["constprop", "isra", "part"];

    /// <summary>Tells what cannot be.</summary>
    /// <param name="unit">The object and its files.</param>
    /// <param name="functions">What the files say together.</param>
    /// <param name="hasSymbols">Whether the object's symbols are among it.</param>
    /// <param name="hasDump">Whether the dump was read.</param>
    /// <param name="mainFile">The file that the call graph begins with.</param>
    /// <param name="sourceFileName">The name of the compiled file in the object's symbol table.</param>
    /// <param name="diagnostics">Receives <see cref="DiagnosticCatalog.ForeignArtifact"/>, at most one for each file.</param>
    public static void Check(Unit unit, FunctionTable functions, bool hasSymbols, bool hasDump, string? mainFile, string? sourceFileName, DiagnosticBag diagnostics)
    {
        if (IsOtherSource(unit, mainFile, sourceFileName))
        {
            diagnostics.Add(DiagnosticCatalog.ForeignArtifact.At(
                unit.CallGraphPath, 1, $"The call graph beside '{unit.Object}' begins with '{mainFile}', which is not the source of the object. {Remedy}"));
        }
        else if (hasSymbols && Find(functions, IsBodyWithoutSymbol, out var missing, out var count))
        {
            diagnostics.Add(DiagnosticCatalog.ForeignArtifact.At(
                unit.CallGraphPath, 0, $"The call graph beside '{unit.Object}' has the code of '{missing}'{More(count)}, which the object does not define. {Remedy}"));
        }

        if (hasSymbols && hasDump && Find(functions, IsUnrecordedClone, out var clone, out var clones))
        {
            diagnostics.Add(DiagnosticCatalog.ForeignArtifact.At(
                unit.DumpPath, 0, $"'{unit.Object}' holds the clone '{clone}'{More(clones)}, which the dump beside it does not name. {Remedy}"));
        }
    }

    private static string Remedy =>
        "Another compile wrote this file: one of the same name with other options, one into the same directory, or a later one. Compile the objects into directories of their own.";

    /// <summary>Compares file names only: a directory may be written in several ways. Preprocessed text names the file that it was made of.</summary>
    private static bool IsOtherSource(Unit unit, string? mainFile, string? sourceFileName)
    {
        if (mainFile is null)
        {
            return false;
        }

        var name = Path.GetFileName(mainFile);
        return (sourceFileName is not null && name != sourceFileName)
            || (unit.Command?.Source is { } source && source.EndsWith(".c", StringComparison.Ordinal) && name != Path.GetFileName(source));
    }

    private static bool IsBodyWithoutSymbol(FunctionTable functions, int function) =>
        functions[function].HasFinalCode
        && (functions[function].Traits & FunctionTraits.Emitted) == 0
        && !functions.SymbolOf(function).StartsWith(".L"u8);

    private static bool IsUnrecordedClone(FunctionTable functions, int function) =>
        !functions[function].InDump
        && (functions[function].Traits & FunctionTraits.Emitted) != 0
        && ClonePasses.TrySplitSuffix(functions.SymbolOf(function), out _, out var pass)
        && pass is not null
        && s_recordedSuffixes.Contains(pass.Reason);

    private static bool Find(FunctionTable functions, Func<FunctionTable, int, bool> holds, out string first, out int count)
    {
        (first, count) = ("", 0);
        for (var function = 0; function < functions.Count; function++)
        {
            if (!holds(functions, function))
            {
                continue;
            }

            // The same one in whatever order the files were read.
            var symbol = Encoding.UTF8.GetString(functions.SymbolOf(function));
            first = count == 0 || string.CompareOrdinal(symbol, first) < 0 ? symbol : first;
            count++;
        }

        return count > 0;
    }

    private static string More(int count) =>
        count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {count - 1} more") : "";
}
