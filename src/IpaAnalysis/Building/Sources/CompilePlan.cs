using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Building.Sources;

/// <summary>Checks the options and decides names and commands, without touching a file but the sources.</summary>
internal sealed class CompilePlan
{
    // gcc/doc/invoke.texi, "Environment Variables": those that change what is compiled.
    private static readonly string[] InfluentialVariables =
        ["CPATH", "C_INCLUDE_PATH", "COMPILER_PATH", "GCC_EXEC_PREFIX", "SOURCE_DATE_EPOCH"];

    private readonly SourceCompileOptions _options;
    private readonly MessagePaths _paths;
    private readonly string _compiler;
    private readonly bool _canLeaveDirectory;

    private CompilePlan(SourceCompileOptions options, string compiler)
    {
        _options = options;
        _compiler = compiler;
        _paths = new MessagePaths(options.WorkingDirectory, [options.SourceRoot]);

        // `..` out of a directory reached by a symbolic link is another directory to the compiler than to the user.
        _canLeaveDirectory = RealPath.Of(options.WorkingDirectory) == Path.TrimEndingDirectorySeparator(options.WorkingDirectory);
    }

    /// <summary>What can be compiled, in the order of the options.</summary>
    public List<PlannedSource> Sources { get; } = [];

    /// <summary>What cannot, and why.</summary>
    public DiagnosticBag Problems { get; } = [];

    /// <summary>Objects of sources that have a problem: what is there of them stays.</summary>
    public HashSet<string> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>Plans the compiles with a compiler at an absolute path.</summary>
    public static CompilePlan Create(SourceCompileOptions options, string compiler)
    {
        var plan = new CompilePlan(options, compiler);
        var common = GccArguments.Split(options.CommonFlags);
        var refused = CompileFlags.FindRefused(common);
        if (refused is not null)
        {
            plan.Problems.Add(Refused(refused.Value, null));
        }

        var taken = new Dictionary<string, SourceToCompile>(StringComparer.Ordinal);
        foreach (var source in options.Sources)
        {
            plan.Add(source, common, taken);
        }

        if (refused is not null)
        {
            // With common flags that cannot be used nothing can be compiled.
            plan.Held.UnionWith(plan.Sources.Select(static planned => planned.Object));
            plan.Sources.Clear();
        }

        return plan;
    }

    private void Add(SourceToCompile source, IReadOnlyList<string> common, Dictionary<string, SourceToCompile> taken)
    {
        if (source.Path.Length == 0 || source.Path.Contains('\0', StringComparison.Ordinal))
        {
            Problems.Add(DiagnosticCatalog.SourceNotFound.At("A source has a name that no file can have. Correct the IpaSource item."));
            return;
        }

        var path = Path.GetFullPath(source.Path, _options.WorkingDirectory);
        var shown = _paths.ToShown(path);
        var identity = source.ObjectName ?? Identity(path);
        var problems = Problems.Count;
        if (Path.GetExtension(path) is not (".c" or ".i"))
        {
            Problems.Add(DiagnosticCatalog.NotACSource.At(path, 0, $"'{shown}' does not end in .c or .i. Only C sources can be IpaSource items."));
        }
        else if (!File.Exists(path))
        {
            Problems.Add(DiagnosticCatalog.SourceNotFound.At(path, 0, $"The source '{shown}' does not exist. Correct the IpaSource item."));
        }
        else if (InputFile.KindOf(path) is { } kind and not FileKind.Regular)
        {
            Problems.Add(DiagnosticCatalog.SourceNotFound.At(path, 0, $"The source '{shown}' cannot be compiled: {FileProblem.Describe(kind)}. Correct the IpaSource item."));
        }
        else if (source.ObjectName is not null && !IsObjectName(source.ObjectName))
        {
            Problems.Add(DiagnosticCatalog.InvalidValue.At(
                path, 0, $"ObjectName of IpaSource '{shown}' is '{source.ObjectName}'. Give a relative path that ends in .o, without '.' and '..' in it."));
            identity = Identity(path);
        }
        else if (Clash(identity, source with { Path = path }, taken) is { } clash)
        {
            Problems.Add(DiagnosticCatalog.ObjectClash.At(path, 0, clash));
        }

        taken.TryAdd(identity, source with { Path = path });
        var flags = GccArguments.Split(source.Flags);
        if (CompileFlags.FindRefused(flags) is { } refused)
        {
            Problems.Add(Refused(refused, path));
        }

        if (Problems.Count > problems)
        {
            Held.Add(identity);
            return;
        }

        var outputs = new ObjectOutputs(Path.Combine(_options.OutputDirectory, identity), Path.GetExtension(path));
        var argument = ForCompiler(path, Path.IsPathRooted(source.Path));
        IReadOnlyList<string> arguments =
        [
            .. common, .. flags, .. CompileFlags.Always,
            "-MD", "-MF", ForCompiler(outputs.Dependencies, wasAbsolute: true),
            "-c", "-o", ForCompiler(outputs.Object, wasAbsolute: true), argument,
        ];
        Sources.Add(new PlannedSource
        {
            SourcePath = path,
            SourceArgument = argument,
            Object = identity,
            Outputs = outputs,
            Arguments = arguments,
            Flags = [.. common, .. flags],
            CommandHash = Hash(arguments),
        });
    }

    /// <summary>Whether an object may be called so: it stays in the directory for objects, and its dumps are named after it.</summary>
    private static bool IsObjectName(string name) =>
        name.EndsWith(".o", StringComparison.Ordinal)
        && !name.Contains('\0', StringComparison.Ordinal)
        && name.Split('/') is var parts
        && parts[^1].Length > ".o".Length
        && !parts.Any(static p => p is "" or "." or "..");

    /// <summary>Why an object cannot have a name; null when it can.</summary>
    private string? Clash(string identity, SourceToCompile source, Dictionary<string, SourceToCompile> taken)
    {
        if (taken.TryGetValue(identity, out var other))
        {
            return other.Path != source.Path
                ? $"The sources '{_paths.ToShown(other.Path)}' and '{_paths.ToShown(source.Path)}' would both be compiled to '{identity}'. Rename one, or set IpaSourceRoot to a directory that holds both."
                : other.Flags == source.Flags ? $"The source '{_paths.ToShown(source.Path)}' is listed twice. Remove one of the IpaSource items."
                : $"The source '{_paths.ToShown(source.Path)}' is compiled twice with other flags, both times to '{identity}'. Give one of the IpaSource items the metadata ObjectName.";
        }

        // A file cannot be a directory as well: `a.o` and `a.o/b.o`.
        for (var slash = identity.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = identity.IndexOf('/', slash + 1))
        {
            if (taken.TryGetValue(identity[..slash], out other))
            {
                return InTheWay(other, identity[..slash], source, identity);
            }
        }

        var below = identity + "/";
        return taken.FirstOrDefault(t => t.Key.StartsWith(below, StringComparison.Ordinal)) is { Key: { } deeper, Value: var deeperSource }
            ? InTheWay(source, identity, deeperSource, deeper)
            : null;
    }

    private string InTheWay(SourceToCompile source, string identity, SourceToCompile deeperSource, string deeper) =>
        $"The source '{_paths.ToShown(source.Path)}' would be compiled to '{identity}', which is a directory for '{_paths.ToShown(deeperSource.Path)}' ('{deeper}'). Give one another ObjectName.";

    /// <summary>
    /// A path as gcc gets it: relative wherever that is safe, so that <c>__FILE__</c> and the dumps do not depend on
    /// where the project lies.
    /// </summary>
    public string ForCompiler(string path, bool wasAbsolute)
    {
        var relative = Path.GetRelativePath(_options.WorkingDirectory, path);
        if (relative.StartsWith("../", StringComparison.Ordinal)
            && (!_canLeaveDirectory || (wasAbsolute && !IsUnder(path, _options.SourceRoot))))
        {
            return path;
        }

        // gcc would take `-x.c` for an option and `@x.c` for a response file.
        return relative.StartsWith('-') || relative.StartsWith('@') ? "./" + relative : relative;
    }

    private string Identity(string path)
    {
        var parts = Path.GetRelativePath(_options.SourceRoot, path).Split('/');
        for (var i = 0; i < parts.Length && parts[i] == ".."; i++)
        {
            parts[i] = "__";
        }

        return Path.ChangeExtension(string.Join('/', parts), ".o");
    }

    private string Hash(IReadOnlyList<string> arguments)
    {
        // Another version of the package makes the same object of the same command.
        using var key = KeyBuilder.OfResult();
        key.Add(_options.WorkingDirectory, _compiler).AddList([.. arguments]);
        foreach (var name in InfluentialVariables)
        {
            key.Add(_options.Environment.GetValueOrDefault(name));
        }

        return key.ToText();
    }

    private static bool IsUnder(string path, string directory) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(directory) + "/", StringComparison.Ordinal);

    private static Diagnostic Refused((string Flag, string Reason) refused, string? source) =>
        DiagnosticCatalog.FlagNotAllowed.At(source, 0, source is null
            ? $"The flag '{MessagePaths.ShortenAbsolute(refused.Flag)}' in IpaCompilerFlags cannot be used: {refused.Reason}."
            : $"The flag '{MessagePaths.ShortenAbsolute(refused.Flag)}' in CompilerFlags of this source cannot be used: {refused.Reason}.");
}
