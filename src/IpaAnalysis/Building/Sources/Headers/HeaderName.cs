namespace IpaAnalysis.Building.Sources.Headers;

/// <summary>A header as a source names it, in a directive or in <c>__has_include</c> or <c>__has_embed</c>.</summary>
/// <param name="Name">The name between the quotes or brackets.</param>
/// <param name="IsQuoted">Whether it is looked for in the directory of the naming file first.</param>
/// <param name="IsNext">Whether the search starts after the directory of the naming file (<c>#include_next</c>).</param>
internal readonly record struct HeaderName(string Name, bool IsQuoted, bool IsNext);
