using System.Globalization;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Recompile.ObjectCode;
using IpaAnalysis.Recompile.Source.Declarations;

namespace IpaAnalysis.Recompile.Causes;

/// <summary>Why the compiler could not be asked, each with what helps.</summary>
internal static class InexactCauses
{
    /// <summary>The first GCC with <c>__attribute__((noipa))</c> (GCC 8 release notes).</summary>
    public const int OldestWithNoipa = 8;

    public const string NoCommand =
        "The command that compiled it is not known. Keep kbuild's .cmd files or a compile_commands.json beside the objects.";

    public const string Lto = "It is compiled for link-time optimisation (-flto), so that passes run when it is linked. Compile it without -flto.";

    public const string ResponseFile =
        "Its command takes options from a response file (@FILE), which may have changed since. Have the build write the options on the command line.";

    public const string TooOld = "Its compiler is older than GCC 8 and knows no attribute that hides a body. Compile it with GCC 8 or later.";

    public const string NoSource = "Its source is not where the command names it. Give the sources beside the objects.";

    public const string NoDirectory = "The directory that its command ran in is not there. Give the tree where it was compiled.";

    public const string DirectoryNotRecorded =
        "Nothing records the directory that its command ran in. Name it in the metadata WorkingDirectory of the IpaObjectTree: for a kernel module the kernel's build directory.";

    public const string NotC = "It is not compiled from C. Only C units can be compiled again.";

    public const string Profile =
        "It is compiled with a recorded profile, which is found by the object's name. Compile it without, or judge it by hand.";

    public const string NoObject = "The object is not there to compare with. Give the objects beside their dumps.";

    public const string AlwaysInline =
        "The function is always_inline: its body cannot be hidden from its callers. The functions that hold its copies are listed, facts about it are not.";

    public const string Versions =
        "The function is compiled in several versions (target_clones, simd), which hiding its body would change. Judge it by hand.";

    public const string NotFound =
        "The function's definition was not found in the preprocessed source. Report the unit, and judge it by hand.";

    public static string ChosenAtRunTime(string symbol, string resolver) =>
        $"'{symbol}' is an ifunc and has no body of its own: '{resolver}' chooses one when the program starts. Name that function, or those it chooses from.";

    public static string Padding(string symbol, string function) =>
        $"'{symbol}' is no function: it marks the padding before '{function}', which -fpatchable-function-entry or objtool made. Name '{function}'.";

    public static string FileScopeAssembly(string symbol) =>
        $"'{symbol}' is no C function: its code stands in an asm statement at file scope, into which the compiler does not look. Judge it by hand.";

    public const string UnknownMachine = "Its processor's assembly cannot be compared. Judge it by hand.";

    /// <param name="words">The option of the command, or an input that is not the source.</param>
    /// <param name="isTrusted">Whether the command may name programs to run.</param>
    public static string NotAllowed(string words, bool isTrusted) => isTrusted
        ? $"Its command has '{words}', which is never run again. Compile without it."
        : $"Its command has '{words}', which is not among what is run again for a tree that may not name programs. Compile without it, or set TrustCommands=\"true\" on a tree that you trust as much as your own makefiles.";

    public const string MemoryImage =
        "Its text makes the compiler map a memory image (#pragma GCC pch_preprocess), which could hold anything. Compile it from its source, without a precompiled header.";

    public static string ObjectUnreadable(string cause) => $"The object cannot be read to compare with: {cause}. Build it again, or correct its permissions.";

    public static string SourceUnreadable(string cause) => $"Its source cannot be read: {cause}. Give the sources as they were compiled.";

    public static string NotPreprocessed(string message) => $"The source cannot be preprocessed again: {message}. Build the tree as it was built before.";

    public static string NotCompiled(string message) => $"It does not compile again: {message}. Build the tree as it was built before.";

    public static string NotCompiledOpaque(string message) => $"It does not compile with the function's body hidden: {message}. Judge it by hand.";

    public static string QuestionFailed(string question, string message) =>
        $"A compile that was to show {question} failed: {message}. Build again; if it stays, judge it by hand.";

    public static string NotJudged(string function) =>
        $"{function} is only in the object as long as the function's body is not hidden, and could not be kept out of line to compare it. Judge {function} by hand.";

    public static string OtherCode(string difference) =>
        $"Compiled again, its code is not that of the object ({difference}): source, headers or options changed since. Build the tree again.";

    public static string OtherObject(ObjectDifference difference, IReadOnlyCollection<string> plugins) => difference.Kind switch
    {
        ObjectDifferenceKind.OtherCode when plugins.Count > 0 => PluginVaries(plugins, difference.Text),
        ObjectDifferenceKind.OtherCode => OtherCode(difference.Text),
        ObjectDifferenceKind.CompileTime =>
            $"Its code holds the time of its compile ({difference.Text}), so that it cannot be made again. Set SOURCE_DATE_EPOCH when you build, or do without the macro, and compile the object again.",
        ObjectDifferenceKind.NoCode =>
            "The object holds no code to compare: a copy that keeps symbols only. Give the object that the compiler wrote.",
        _ => $"The object cannot be compared with what its compiler makes now ({difference.Text}). Compile the object again.",
    };

    public static string PluginVaries(IReadOnlyCollection<string> plugins, string difference) =>
        $"It is compiled with a plugin ({string.Join(", ", plugins)}) that may draw numbers or count, and compiled again its code is another ({difference}). Judge it by hand, or compile it without.";

    /// <param name="gap">What was not understood.</param>
    /// <param name="unit">The unit, by whose roots its file is named; null when it is not known.</param>
    public static string SourceNotUnderstood(SourceGap gap, Unit? unit)
    {
        var file = gap.File is { } raw ? unit?.Paths.Normalize(raw, unit.WorkingDirectory) ?? raw : null;
        var place = (file is null ? "" : file + ", ") + "line " + gap.Line.ToString(CultureInfo.InvariantCulture);
        return $"The preprocessed source is not understood in part ({gap.Reason}, {place}). Report the unit, and judge it by hand.";
    }

    public static string NotUnderstood(string what) => $"The compiler's assembly is not understood ({what}). Report the unit, and judge it by hand.";
}
