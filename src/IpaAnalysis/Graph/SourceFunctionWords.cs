namespace IpaAnalysis.Graph;

/// <summary>A function of the source as the written forms tell of it, without a string made for its name.</summary>
/// <param name="name">Its name in UTF-8.</param>
/// <param name="file">The file of its declaration in the manifest's form; null when unknown.</param>
/// <param name="line">1-based line, 0 when unknown.</param>
/// <param name="column">1-based column, 0 when unknown.</param>
internal readonly ref struct SourceFunctionWords(ReadOnlySpan<byte> name, string? file, int line, int column)
{
    /// <summary>The source-level name in UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; } = name;

    /// <inheritdoc cref="SourceFunction.File"/>
    public string? File { get; } = file;

    /// <inheritdoc cref="SourceFunction.Line"/>
    public int Line { get; } = line;

    /// <inheritdoc cref="SourceFunction.Column"/>
    public int Column { get; } = column;
}
