namespace IpaAnalysis.Impact;

/// <summary>How a user names a function of the source.</summary>
/// <param name="Name">A source-level name or a symbol; a clone's symbol stands for its original.</param>
/// <param name="SourceFile">Only functions declared in this file: whole path components from the end; null for any.</param>
/// <param name="Object">Only functions with an instance in this object: whole path components from the end; null for any.</param>
/// <param name="Line">Only functions declared on this 1-based line; 0 for any.</param>
/// <param name="AllMatches">Whether several functions of the name are all meant.</param>
internal sealed record FunctionQuery(
    string Name,
    string? SourceFile = null,
    string? Object = null,
    int Line = 0,
    bool AllMatches = false)
{
    /// <summary>
    /// The absolute path that <see cref="SourceFile"/> is when it is no end of a path but a path from the project's directory; null when
    /// nobody knows that directory.
    /// </summary>
    public string? SourcePath { get; init; }
}
