using System.Collections.Concurrent;
using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>
/// All that can change what compilers answer to the same text and options, asked once for each compiler and each set of
/// options that loads something. Safe for several threads.
/// </summary>
internal sealed class CompilerStates(IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
{
    private readonly ConcurrentDictionary<string, Lazy<string?>> _known = new(StringComparer.Ordinal);

    /// <summary>The state in words that no two states share; null when the compiler does not tell, and nothing may be kept.</summary>
    public string? Of(RecompileCommand command)
    {
        var loaded = command.Loaded;

        // What is loaded may be named relative to where the compiler runs.
        var key = string.Join('\0', [command.Compiler.ToString(), loaded.Words.IsEmpty ? "" : command.Directory, .. loaded.Words]);
        return _known.GetOrAdd(key, _ => new(() => Ask(command))).Value;
    }

    private string? Ask(RecompileCommand command)
    {
        var loaded = command.Loaded;
        return CompilerParts.Of(command.Compiler, loaded.Words, environment, command.Directory, cancellation) is { } parts
            ? string.Join('\n',
            [
                .. parts.Files,
                .. loaded.Files.Select(f => CompilerParts.Describe(f, f.Length > 0 ? Path.GetFullPath(f, command.Directory) : null)),
                OptimizerProbe.SearchOf(environment),
            ])
            : null;
    }
}
