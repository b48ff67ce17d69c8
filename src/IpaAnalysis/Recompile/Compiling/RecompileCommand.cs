using System.Collections.Immutable;
using IpaAnalysis.Toolchain;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>How to compile a unit again as it was compiled.</summary>
/// <param name="Compiler">The compiler that made the object.</param>
/// <param name="Flags">The options, without inputs and outputs.</param>
/// <param name="Source">The source by the path that the compiler got, relative to the directory or absolute.</param>
/// <param name="Directory">The absolute directory that the compiler ran in.</param>
internal sealed record RecompileCommand(CompilerIdentity Compiler, ImmutableArray<string> Flags, string Source, string Directory)
{
    /// <summary>Those of the options by which the compiler loads or runs something else.</summary>
    public LoadedPrograms Loaded { get; } = LoadedPrograms.Of(Flags);

    // The code is the same without debug information: GCC compares it itself (-fcompare-debug). For a message and for the warning about
    // indentation it reads the lines of whatever file a line marker names, which may be a FIFO (gcc/input.cc, location_get_source_line).
    private static readonly string[] s_quiet =
        ["-w", "-g0", "-fdiagnostics-color=never", "-fno-diagnostics-show-caret", "-Wno-misleading-indentation"];

    /// <summary>Whether the source is preprocessed already.</summary>
    public bool IsPreprocessed => Path.GetExtension(Source) == ".i";

    /// <summary>Preprocesses the source.</summary>
    public IReadOnlyList<string> Preprocess(string output) => [.. Flags, .. s_quiet, "-E", "-o", output, Source];

    /// <summary>Compiles a preprocessed text, whose name ends in <c>.i</c>, to assembly; macros and include paths have no effect on it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="further">Flags to add.</param>
    /// <param name="output">Where the assembly goes.</param>
    public IReadOnlyList<string> Compile(string text, IReadOnlyList<string> further, string output) =>
        [.. Flags, .. further, .. s_quiet, "-S", "-o", output, text];

    /// <summary>Assembles.</summary>
    public IReadOnlyList<string> Assemble(string assembly, string output) => [.. Flags, .. s_quiet, "-c", "-o", output, assembly];
}
