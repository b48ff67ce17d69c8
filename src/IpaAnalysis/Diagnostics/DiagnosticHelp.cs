namespace IpaAnalysis.Diagnostics;

/// <summary>What the package readme says of a code, in its own chapter; Markdown with inline code and nothing else.</summary>
/// <param name="Cause">What the code means.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record DiagnosticHelp(string Cause, string Remedy)
{
    private const string RemedyMark = "\n\nRemedy: ";

    private static readonly Lazy<string> s_readme = new(Read);

    /// <summary>The chapter of a code of <see cref="DiagnosticCatalog"/>.</summary>
    /// <exception cref="InvalidOperationException">The readme has no such chapter: a fault of this package, which its tests find.</exception>
    public static DiagnosticHelp Of(DiagnosticDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        var heading = $"\n### {descriptor.Code}\n\n**{descriptor.Title}** ({descriptor.Severity.ToString().ToLowerInvariant()}). ";
        var readme = s_readme.Value;
        var start = readme.IndexOf(heading, StringComparison.Ordinal);
        var end = start < 0 ? -1 : readme.IndexOf("\n##", start + heading.Length, StringComparison.Ordinal);
        var chapter = start < 0 ? "" : readme[(start + heading.Length)..(end < 0 ? readme.Length : end)];
        var remedy = chapter.IndexOf(RemedyMark, StringComparison.Ordinal);
        return remedy < 0
            ? throw new InvalidOperationException($"The readme's chapter of {descriptor.Code} is missing or has another form.")
            : new DiagnosticHelp(chapter[..remedy].Trim(), chapter[(remedy + RemedyMark.Length)..].Trim());
    }

    private static string Read()
    {
        using var stream = typeof(DiagnosticHelp).Assembly.GetManifestResourceStream("README.md")
            ?? throw new InvalidOperationException("README.md is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
