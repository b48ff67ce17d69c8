using System.Collections.Immutable;
using IpaAnalysis.Compilers;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>How to compile a unit again as it was compiled.</summary>
/// <param name="Compiler">The compiler that made the object.</param>
/// <param name="Flags">The options, without inputs and outputs.</param>
/// <param name="Source">The source by the path that the compiler got, relative to the directory or absolute.</param>
/// <param name="Directory">The absolute directory that the compiler ran in.</param>
internal sealed record RecompileCommand(CompilerIdentity Compiler, ImmutableArray<string> Flags, string Source, string Directory)
{
    // The code is the same without debug information: GCC compares it itself (-fcompare-debug). For a message and for the warning about
    // indentation it reads the lines of whatever file a line marker names, which may be a FIFO (gcc/input.cc, location_get_source_line).
    private static readonly string[] s_quietWithDebug =
        ["-w", "-fdiagnostics-color=never", "-fno-diagnostics-show-caret", "-Wno-misleading-indentation"];

    private static readonly string[] s_quiet = [.. s_quietWithDebug, "-g0"];

    /// <summary>Those of the options by which the compiler loads or runs something else.</summary>
    public LoadedPrograms Loaded { get; } = LoadedPrograms.Of(Flags);

    /// <summary>
    /// Whether the recorded options for debugging information stay: where GCC breaks its promise that the code is the same without.
    /// </summary>
    public bool KeepsDebug { get; init; }

    /// <summary>Whether the command asks for debugging information.</summary>
    public bool HasDebug
    {
        get
        {
            // -g, -g3, -ggdb, -gdwarf-5 and the like; the last one decides. -gno-… and -gz only say how.
            var last = Flags.LastOrDefault(static f =>
                f.StartsWith("-g", StringComparison.Ordinal)
                && !f.StartsWith("-gno-", StringComparison.Ordinal)
                && !f.StartsWith("-gz", StringComparison.Ordinal));
            return last is not null and not "-g0";
        }
    }

    /// <summary>Whether the source is preprocessed already.</summary>
    public bool IsPreprocessed => Path.GetExtension(Source) == ".i";

    /// <summary>Preprocesses the source.</summary>
    public IReadOnlyList<string> Preprocess(string output) => [.. Flags, .. s_quiet, "-E", "-o", output, Source];

    /// <summary>Compiles a preprocessed text, whose name ends in <c>.i</c>, to assembly; macros and include paths have no effect on it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="further">Flags to add.</param>
    /// <param name="output">Where the assembly goes.</param>
    public IReadOnlyList<string> Compile(string text, IReadOnlyList<string> further, string output) =>
        [.. Flags, .. further, .. Quiet, "-S", "-o", output, text];

    /// <summary>Assembles.</summary>
    public IReadOnlyList<string> Assemble(string assembly, string output) => [.. Flags, .. Quiet, "-c", "-o", output, assembly];

    private string[] Quiet => KeepsDebug ? s_quietWithDebug : s_quiet;
}
