using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Compilers;

/// <summary>
/// The programs and files that a compiler runs and reads besides what the command names: GCC's driver only starts them, and a wrapper
/// only starts the driver, so that neither's own size and time tell when the code it makes changes.
/// </summary>
/// <param name="Files">Path as GCC reports it and what the file system says of it, in the order asked; a name alone when there is no file.</param>
internal sealed record CompilerParts(IReadOnlyList<string> Files)
{
    // GCC manual, "Developer Options": the compiler proper, the assembler, and the specs that override the built-in ones.
    private static readonly string[] s_questions = ["-print-prog-name=cc1", "-print-prog-name=as", "-print-file-name=specs"];

    /// <summary>Asks a compiler.</summary>
    /// <param name="compiler">The compiler.</param>
    /// <param name="flags">Options that may choose other programs (<c>-B</c>, <c>-specs</c>).</param>
    /// <param name="environment">The environment that it is run in.</param>
    /// <param name="directory">The absolute directory that it is run in.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when it does not answer.</returns>
    public static CompilerParts? Of(
        CompilerIdentity compiler,
        IReadOnlyList<string> flags,
        IReadOnlyDictionary<string, string> environment,
        string directory,
        CancellationToken cancellation)
    {
        var files = new List<string>();
        foreach (var question in s_questions)
        {
            var result = ToolProcess.Run(
                new ToolRequest
                {
                    Program = compiler.Path,
                    Arguments = [.. flags, question],
                    WorkingDirectory = directory,
                    Environment = environment,
                    MaxLines = 10,
                    Bounds = RunBounds.OfQuestion,
                },
                cancellation);
            if (result is not { Interruption: null, ExitCode: 0, Output: [var answer, ..] })
            {
                return null;
            }

            // A bare name is found through PATH, as the driver finds it.
            var path = answer.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(answer, directory) : ToolLocator.Find(answer, environment, directory);
            files.Add(Describe(answer, path));
        }

        return new CompilerParts(files);
    }

    /// <summary>A file by name and state.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="path">Its absolute path; null when there is none.</param>
    public static string Describe(string name, string? path) =>
        path is not null && FileIdentity.TryGet(path, out var identity) ? $"{name} {path} {identity}" : name;
}
