namespace IpaAnalysis.Recompile.Readers;

/// <summary>A patched function whose definition units may read.</summary>
/// <param name="Name">Its name in the source, or what the user wrote where no file knows it.</param>
/// <param name="File">The file of its definition in the manifest's form; null when it is only sought by name.</param>
/// <param name="Line">1-based line of its definition; 0 when it is only sought by name.</param>
/// <param name="Column">1-based column of its definition; 0 when it is only sought by name.</param>
/// <param name="RealFiles">Absolute paths of that file without links, as far as they are known.</param>
/// <param name="Holders">Names of the objects that are known to hold it, which need not be looked for.</param>
internal sealed record SoughtFunction(
    string Name, string? File, int Line, int Column, IReadOnlySet<string> RealFiles, IReadOnlySet<string> Holders);
