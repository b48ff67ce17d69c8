using System.Collections.Concurrent;
using System.Globalization;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Compilers;

/// <summary>Finds out which compiler a name stands for, and whether it can be used.</summary>
internal static class CompilerProbe
{
    /// <summary>The oldest GCC with <c>-fcallgraph-info</c>.</summary>
    public const int OldestMajor = 10;

    private static readonly ConcurrentDictionary<Key, CompilerProbeResult> Known = new();

    /// <summary>Identifies a compiler. The answer is remembered while the program's size and time stay the same.</summary>
    /// <param name="nameOrPath">The compiler as the user named it.</param>
    /// <param name="environment">The environment it is looked up and run in.</param>
    /// <param name="baseDirectory">Absolute directory that a relative path starts from.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    /// <returns>The identity or one of <c>CompilerNotFound</c>, <c>ClangNotSupported</c>, <c>CompilerTooOld</c>.</returns>
    public static CompilerProbeResult Identify(
        string nameOrPath,
        IReadOnlyDictionary<string, string> environment,
        string baseDirectory,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (ToolLocator.Find(nameOrPath, environment, baseDirectory) is not { } path || FileState.LookAtOutput(path) is not { } stamp)
        {
            return NotFound(nameOrPath, "is not installed or not in PATH");
        }

        // A wrapper finds the real compiler through PATH, so PATH is part of what is asked.
        var key = new Key(path, stamp, environment.GetValueOrDefault("PATH", ""), nameOrPath);
        if (Known.TryGetValue(key, out var known))
        {
            return known;
        }

        var (result, isTransient) = Ask(nameOrPath, path, stamp, environment, baseDirectory, cancellation);
        if (!isTransient)
        {
            Known[key] = result;
        }

        return result;
    }

    private static (CompilerProbeResult Result, bool IsTransient) Ask(
        string name, string path, FileIdentity stamp, IReadOnlyDictionary<string, string> environment, string directory, CancellationToken cancellation)
    {
        string? interruption = null;
        var banner = Run("--version");
        if (banner.StartError is { } error)
        {
            return (NotFound(name, $"cannot be started ({error})"), true);
        }

        var result = Judge();
        return interruption is null ? (result, false) : (NotFound(name, $"cannot be asked: {interruption}"), true);

        CompilerProbeResult Judge()
        {
            var firstLine = FirstLine(banner);
            if (banner.Output.Any(static line => line.Contains("clang", StringComparison.OrdinalIgnoreCase))
                && !banner.Output.Any(static line => line.Contains("Free Software Foundation", StringComparison.Ordinal)))
            {
                return new CompilerProbeResult(null, Clang(name));
            }

            var version = FirstLine(Run("-dumpfullversion", "-dumpversion"));
            if (!TryMajor(version, out var major))
            {
                return NotFound(name, $"does not answer -dumpfullversion as GCC does{Said(banner)}");
            }

            if (major < OldestMajor)
            {
                return new CompilerProbeResult(null, DiagnosticCatalog.CompilerTooOld.At(
                    $"'{Shown(name)}' is GCC {version}, which lacks -fcallgraph-info. Install GCC {OldestMajor} or later and name it in the property IpaCompiler."));
            }

            var target = FirstLine(Run("-dumpmachine"));
            return target.Length == 0
                ? NotFound(name, "does not answer -dumpmachine as GCC does")
                : new CompilerProbeResult(new CompilerIdentity(path, version, major, target, firstLine, stamp.Length, stamp.ModifiedNanoseconds), null);
        }

        ToolResult Run(params string[] arguments)
        {
            var answer = ToolProcess.Ask(
                new ToolRequest
                {
                    Program = path,
                    Arguments = arguments,
                    WorkingDirectory = directory,
                    Environment = environment,
                    MaxLines = 100,
                    Bounds = RunBounds.OfQuestion,
                },
                cancellation);
            interruption ??= answer.Interruption ?? (answer.LinesLeftOut > 0 ? "it prints more than GCC does" : null);
            return answer;
        }
    }

    /// <summary>The diagnostic for a clang, wherever it was found out.</summary>
    internal static Diagnostic Clang(string name) => DiagnosticCatalog.ClangNotSupported.At(
        $"'{Shown(name)}' is clang, which has no -fdump-ipa-clones. Use GCC {OldestMajor} or later: name it in the property IpaCompiler.");

    private static CompilerProbeResult NotFound(string name, string why) =>
        new(null, DiagnosticCatalog.CompilerNotFound.At(
            $"The compiler '{Shown(name)}' {why}. Install GCC (package 'gcc' on Debian and Fedora) or name another one in the property IpaCompiler."));

    private static string Shown(string name) => name.StartsWith('/') ? Path.GetFileName(name) : name;

    private static string FirstLine(ToolResult result) =>
        result is { ExitCode: 0, Output: [var first, ..] } ? first.Trim() : "";

    private static string Said(ToolResult result) =>
        result.Errors.Concat(result.Output).FirstOrDefault(static line => line.Length > 0) is { } line
            ? $" (it says: {MessagePaths.ShortenAbsolute(line)})"
            : "";

    private static bool TryMajor(string version, out int major)
    {
        var digits = version.AsSpan();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out major);
    }

    private sealed record Key(string Path, FileIdentity Stamp, string SearchPath, string Name);
}
