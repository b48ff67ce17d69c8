using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Building.Sources;

/// <summary>One run of the compiler.</summary>
internal sealed class CompileJob(SourceCompileOptions options, CompilerIdentity compiler, CompilePlan plan, PlannedSource source)
{
    // These make gcc write dependency files or hints of its own accord, and ccache keep dumps to itself.
    private static readonly string[] RemovedVariables = ["DEPENDENCIES_OUTPUT", "SUNPRO_DEPENDENCIES", "GCC_EXTRA_DIAGNOSTIC_OUTPUT", "GCC_COLORS"];

    /// <summary>The source.</summary>
    public PlannedSource Source => source;

    /// <summary>Whether the compiler made the object without an error.</summary>
    public bool Succeeded { get; private set; }

    /// <summary>What it said.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The lines that it printed.</summary>
    public IReadOnlyList<string> Log { get; private set; } = [];

    /// <summary>
    /// When a file was written just before the start (<see cref="FileIdentity.ChangedNanoseconds"/>): what changed then or
    /// later changed meanwhile, whatever time of modification it bears (<c>cp -p</c>, <c>rsync -t</c>).
    /// </summary>
    public long Started { get; private set; }

    /// <summary>Runs the compiler.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(source.Outputs.Directory);
            GccArguments.WriteResponseFile(source.Outputs.ResponseFile, source.Arguments);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Add(DiagnosticCatalog.OutputNotWritten.At(
                source.Outputs.ResponseFile, 0, $"The response file of '{source.Object}' cannot be written. Check permissions and space of the output directory."));
            return;
        }

        Started = FileIdentity.TryGet(source.Outputs.ResponseFile, out var written) ? written.NewestNanoseconds : 0;
        var environment = new Dictionary<string, string>(options.Environment, StringComparer.Ordinal) { ["CCACHE_DISABLE"] = "1" };
        var result = ToolProcess.Run(
            new ToolRequest
            {
                Program = compiler.Path,
                Arguments = ["@" + plan.ForCompiler(source.Outputs.ResponseFile, wasAbsolute: true)],
                WorkingDirectory = options.WorkingDirectory,
                Environment = environment,
                RemovedVariables = RemovedVariables,
            },
            cancellation);
        Read(result);
    }

    private void Read(ToolResult result)
    {
        var paths = new MessagePaths(options.WorkingDirectory, [options.SourceRoot]);
        if (result.StartError is { } error)
        {
            Diagnostics.Add(DiagnosticCatalog.CompilerNotFound.At(source.SourcePath, 0, $"The compiler cannot be started ({error}). Name another one in the property IpaCompiler."));
            return;
        }

        Log = [.. result.Errors, .. result.Output];
        var parser = new GccMessageParser(paths, source.SourcePath);
        string? unread = null;
        foreach (var line in Log)
        {
            if (!parser.Accept(line) && line.Length > 0)
            {
                unread = line;
            }
        }

        Diagnostics.AddRange(parser.Messages.Select(static message => message.Diagnostic));
        if (result.LinesLeftOut > 0)
        {
            Diagnostics.Add(DiagnosticCatalog.CompilerWarning.At(
                source.SourcePath, 0, FormattableString.Invariant($"The compiler printed {result.LinesLeftOut} more lines that were not read.")));
        }

        if (result.OutputMayBeCut)
        {
            Diagnostics.Add(DiagnosticCatalog.CompilerWarning.At(
                source.SourcePath, 0, "The compiler left a program behind that keeps its output open, so that more of its messages may come that are not read."));
        }

        var hasError = Diagnostics.Exists(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var isThere = File.Exists(source.Outputs.Object);
        Succeeded = result.ExitCode == 0 && !hasError && isThere;
        if (!Succeeded && !hasError)
        {
            var how = result.ExitCode == 0 ? "made no object"
                : result.ExitCode > 128 ? FormattableString.Invariant($"was ended by signal {result.ExitCode - 128}")
                : FormattableString.Invariant($"ended with status {result.ExitCode}");
            var said = unread is null ? " and said nothing" : $": {paths.Clean(unread)}";
            Diagnostics.Add(DiagnosticCatalog.CompilerFailed.At(source.SourcePath, 0, $"The compiler {how}{said}."));
        }
    }
}
