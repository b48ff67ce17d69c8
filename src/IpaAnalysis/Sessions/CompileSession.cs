using IpaAnalysis.Building.Sources;
using IpaAnalysis.Files;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions;

/// <summary>Compiles C sources, each to an object with its dumps, as far as they are not up to date.</summary>
internal sealed class CompileSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private const string OutputCategory = "compile";

    /// <summary>Compiles.</summary>
    /// <param name="options">What to compile and how.</param>
    /// <param name="cancellation">Ends the compilers; what was compiled before stays and is remembered.</param>
    /// <returns>The objects that are there now; none after an error.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<CompiledSource> Run(SourceCompileOptions options, CancellationToken cancellation)
    {
        var outputs = LoadOutputs();
        if (options.Sources.Count == 0)
        {
            if (!Settings.OnlyAsks)
            {
                outputs.Replace(OutputCategory, []);
            }

            return [];
        }

        var result = Compile(options, outputs, cancellation);
        Log.Detail(result.Reasons.Concat(result.Log));
        Log.AddRange(result.Diagnostics);

        // Without a compiler nothing was looked at, and what is there stays.
        if (result.Compiler is not null && !Settings.OnlyAsks)
        {
            outputs.Replace(OutputCategory, result.OutputFiles);

            // Most were on the list; after the list was lost only the compiler's own record knows them.
            foreach (var orphan in result.Orphans)
            {
                OutputFile.Delete(orphan);
            }

            Log.Note(RunOf(result, options.Sources.Count));
        }

        if (Log.HasErrors)
        {
            return [];
        }

        Log.Say($"Compiled {result.CompiledCount} of {options.Sources.Count} C sources.");
        return result.Sources;
    }

    private static StepRun RunOf(SourceCompileResult result, int sources) => StepRun.Of(
        BuildStep.Compile,
        [
            .. Enumerable.Repeat(StepReason.New, result.NewCount),
            .. Enumerable.Repeat(StepReason.Modified, result.CompiledCount - result.NewCount),
            .. Enumerable.Repeat(StepReason.Cached, sources - result.CompiledCount),
            .. Enumerable.Repeat(StepReason.Removed, result.RemovedCount),
        ],
        result.Reasons.Count > 0 ? result.Reasons[0] : null);

    private static SourceCompileResult Compile(SourceCompileOptions options, OutputList outputs, CancellationToken cancellation)
    {
        try
        {
            return SourceCompiler.Compile(options, cancellation);
        }
        catch (OperationCanceledException) when (Directory.Exists(options.OutputDirectory))
        {
            // What was compiled stays, and the directory is ours alone: Clean must know of all in it.
            outputs.Replace(OutputCategory, Directory.EnumerateFiles(options.OutputDirectory, "*", SearchOption.AllDirectories));
            throw;
        }
    }
}
