namespace IpaAnalysis.Compilers.Options;

/// <summary>Where compilers are looked for and what is remembered of their answers.</summary>
internal sealed record OptionExpanderSettings
{
    /// <summary>The compiler that the user named (<c>IpaCompiler</c>).</summary>
    public string DefaultCompiler { get; init; } = "gcc";

    /// <summary>The environment of the build; what compilers get of it, <see cref="CompilerEnvironment"/> decides.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Absolute directories of trees whose programs must not be run.</summary>
    public IReadOnlyCollection<string> UntrustedDirectories { get; init; } = [];

    /// <summary>The absolute directory that relative names of programs start from; no tree that is analysed.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>How many compilers run at the same time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The absolute path of the file that keeps answers between builds; null for none.</summary>
    public string? CacheFile { get; init; }
}
