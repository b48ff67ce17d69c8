using IpaAnalysis.Building.Sources.Headers;
using IpaAnalysis.CommandLines.Options;
using IpaAnalysis.Compilers;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Building.Sources;

/// <summary>Asks the compiler where it looks for headers, once per distinct set of flags that may decide it. Not safe for several threads.</summary>
internal sealed class IncludeSearchProbe(SourceCompileOptions options, CompilerIdentity compiler)
{
    private readonly Dictionary<string, IncludeSearch?> _known = new(StringComparer.Ordinal);

    /// <summary>The directories for one source; null when the compiler does not tell.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IncludeSearch? Of(PlannedSource source, CancellationToken cancellation)
    {
        var flags = FlagsOf(source);
        var key = string.Join('\0', flags);
        if (!_known.TryGetValue(key, out var search))
        {
            var result = ToolProcess.Run(
                new ToolRequest
                {
                    Program = compiler.Path,
                    Arguments = [.. flags, "-v", "-E", "-x", "c", "/dev/null", "-o", "/dev/null"],
                    WorkingDirectory = options.WorkingDirectory,
                    Environment = options.Environment,
                    RemovedVariables = ["DEPENDENCIES_OUTPUT", "SUNPRO_DEPENDENCIES"],
                },
                cancellation);
            _known[key] = search = result.ExitCode == 0 ? IncludeSearch.Parse(result.Errors, options.WorkingDirectory) : null;
        }

        return search;
    }

    private static List<string> FlagsOf(PlannedSource source)
    {
        var flags = new List<string>();
        var reader = new OptionReader([.. source.Flags]);
        while (reader.MoveNext())
        {
            if (MayDecide(reader.Current))
            {
                flags.AddRange(reader.Words);
            }
        }

        return flags;
    }

    /// <summary>Directories, libraries by processor, and whatever else is loaded; macros and forced headers differ from source to source and decide nothing.</summary>
    private static bool MayDecide(OptionArgument argument) => argument.Effect switch
    {
        OptionEffect.Text => argument.Name is not ("-D" or "-U" or "-A" or "-include" or "-imacros"),
        OptionEffect.Code => argument.Name.StartsWith("-m", StringComparison.Ordinal),
        OptionEffect.Loads or OptionEffect.Parts or OptionEffect.Unknown => true,
        _ => false,
    };
}
