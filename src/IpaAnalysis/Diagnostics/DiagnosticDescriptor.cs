namespace IpaAnalysis.Diagnostics;

/// <summary>One row of the code table: what a code means, whatever file it is reported for.</summary>
/// <param name="Code"><c>IPA</c> and four digits; the first names the area; never reused.</param>
/// <param name="Title">What is wrong in a few words; the heading of the code's chapter in the package readme.</param>
/// <param name="Severity">The severity unless the user's settings change it.</param>
/// <param name="MeansIncomplete">Whether something may be missing from the result: the manifest then says <c>complete: false</c>.</param>
internal sealed record DiagnosticDescriptor(string Code, string Title, DiagnosticSeverity Severity, bool MeansIncomplete = false)
{
    /// <summary>The code's chapter, relative to the package: <c>README.md#ipa3001</c>.</summary>
    public string HelpLink => $"README.md#{Code.ToLowerInvariant()}";

    /// <summary>Makes a diagnostic of this code at no particular place.</summary>
    /// <param name="message">Cause and remedy; no absolute path.</param>
    public Diagnostic At(string message) => new(this, message);

    /// <summary>Makes a diagnostic of this code at a place in a file.</summary>
    /// <param name="file">The file, as a path that can be opened.</param>
    /// <param name="line">1-based line, 0 when unknown.</param>
    /// <param name="message">Cause and remedy; no absolute path.</param>
    public Diagnostic At(string? file, int line, string message) => new(this, message, file, line);
}
