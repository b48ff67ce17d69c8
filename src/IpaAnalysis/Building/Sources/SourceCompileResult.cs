using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Sources;

/// <summary>What came of compiling.</summary>
internal sealed record SourceCompileResult
{
    /// <summary>The sources whose object is there and up to date, in the order of the options.</summary>
    public IReadOnlyList<CompiledSource> Sources { get; init; } = [];

    /// <summary>Problems of the configuration, then the compiler's messages in the order of the sources; the same whether or not anything was compiled.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Every file that is there because of these sources, absolute, sorted ordinally.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];

    /// <summary>Files of sources that are no longer among the options, absolute, sorted ordinally: the caller removes them.</summary>
    public IReadOnlyList<string> Orphans { get; init; } = [];

    /// <summary>Why each source was compiled, one line for each, in the order of the sources.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What the compiler printed, line by line, for the detailed log; nothing for sources that were up to date.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>How many compilers were started.</summary>
    public int CompiledCount { get; init; }

    /// <summary>How many of them compiled a source of which nothing was recorded.</summary>
    public int NewCount { get; init; }

    /// <summary>How many sources were recorded that are no longer among the options.</summary>
    public int RemovedCount { get; init; }

    /// <summary>The compiler; null when it cannot be used.</summary>
    public CompilerIdentity? Compiler { get; init; }
}
