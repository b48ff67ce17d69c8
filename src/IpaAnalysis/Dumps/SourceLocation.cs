namespace IpaAnalysis.Dumps;

/// <summary>Where GCC says a function is declared. Spans point into the text that was read.</summary>
/// <param name="file">The path as the compiler was given it or as in <c>#line</c>; may be <c>&lt;built-in&gt;</c>.</param>
/// <param name="line">1-based line, 0 for what the compiler made up.</param>
/// <param name="column">1-based column, 0 for what the compiler made up.</param>
internal readonly ref struct SourceLocation(ReadOnlySpan<byte> file, int line, int column)
{
    /// <summary>The path, not normalised, in UTF-8 as far as the user's file system is.</summary>
    public ReadOnlySpan<byte> File { get; } = file;

    /// <summary>1-based line, or 0.</summary>
    public int Line { get; } = line;

    /// <summary>1-based column, or 0.</summary>
    public int Column { get; } = column;
}
