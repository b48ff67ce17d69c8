namespace IpaAnalysis.Outputs;

/// <summary>A place in a SARIF log.</summary>
/// <param name="Path">A path in the manifest's form, or an object's name.</param>
/// <param name="IsObject">Whether it is an object's name.</param>
/// <param name="Line">1-based line, 0 when unknown.</param>
/// <param name="Column">1-based column, 0 when unknown.</param>
/// <param name="Function">The function there; null when none is concerned.</param>
internal sealed record SarifLocation(string Path, bool IsObject, int Line = 0, int Column = 0, string? Function = null)
{
    /// <summary>Name of what relative source paths start from.</summary>
    public const string SourceRoot = "SRCROOT";

    /// <summary>Name of what objects' names start from.</summary>
    public const string ObjectRoot = "OBJROOT";

    /// <summary>The path as an RFC 3986 reference that unescapes to exactly the manifest's form.</summary>
    public string Uri => (Path.StartsWith('/') ? "file://" : "") + string.Join('/', Path.Split('/').Select(System.Uri.EscapeDataString));

    /// <summary>Name of what the reference is relative to; null when it is absolute.</summary>
    public string? UriBaseId => Path.StartsWith('/') ? null : IsObject ? ObjectRoot : SourceRoot;
}
