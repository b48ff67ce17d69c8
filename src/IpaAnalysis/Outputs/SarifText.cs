using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Outputs;

/// <summary>The SARIF log's texts: what SARIF 2.1.0 gives a meaning of its own is escaped.</summary>
internal static class SarifText
{
    private static readonly string[] s_articles = ["A", "An", "The"];

    /// <summary>A message string that says just this.</summary>
    public static string Literal(string text) => text
        // Section 3.11.5: single braces are placeholders.
        .Replace("{", "{{", StringComparison.Ordinal)
        .Replace("}", "}}", StringComparison.Ordinal)
        // Section 3.11.6: [text](target) would be a link, which a C source could forge in a compiler's message.
        .Replace("](", "] (", StringComparison.Ordinal);

    /// <summary>Markdown of the readme as plain text.</summary>
    public static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal);

    /// <summary>A code's title as a name in PascalCase: <c>ForbiddenPassCopiedFunction</c>.</summary>
    public static string RuleName(DiagnosticDescriptor descriptor)
    {
        var letters = descriptor.Title.Replace("'s ", " ", StringComparison.Ordinal).Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ');
        var words = string.Concat(letters).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !s_articles.Contains(w, StringComparer.OrdinalIgnoreCase));
        return string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }

    /// <summary>SARIF's word for a severity.</summary>
    public static string Level(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };
}
