namespace IpaAnalysis.Toolchain;

/// <summary>Asks the compiler where it looks for headers, once per distinct set of flags that may decide it. Not safe for several threads.</summary>
internal sealed class IncludeSearchProbe(SourceCompileOptions options, CompilerIdentity compiler)
{
    // What these begin decides nothing about directories, and differs from source to source.
    private static readonly string[] Unrelated = ["-D", "-U", "-O", "-W", "-g", "-f", "-M", "-std=", "-pedantic", "-w", "-include", "-imacros", "-c"];

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
        for (var i = 0; i < source.Flags.Count; i++)
        {
            var flag = source.Flags[i];
            var takesNext = CompileFlags.HasSeparateValue(flag) && i + 1 < source.Flags.Count;
            if (!Array.Exists(Unrelated, u => flag.StartsWith(u, StringComparison.Ordinal)))
            {
                flags.Add(flag);
                if (takesNext)
                {
                    flags.Add(source.Flags[i + 1]);
                }
            }

            i += takesNext ? 1 : 0;
        }

        return flags;
    }
}
