using System.Globalization;
using System.Text;

namespace IpaAnalysis.Diagnostics;

/// <summary>
/// Text for people's eyes. Names and messages come from trees and tools that nobody vouches for: what would drive a terminal, begin a
/// line or turn the direction of reading is shown as an escape, so that nothing can pass for a message of ours.
/// </summary>
internal static class VisibleText
{
    /// <summary>A text in one line, with <c>\n</c>, <c>\x1b</c> and <c>\u202e</c> for what is not to be seen; itself when it holds none.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (at < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16).Append(text, 0, at);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (at + 1 < text.Length && char.IsSurrogatePair(c, text[at + 1]))
            {
                shown.Append(c).Append(text[++at]);
            }
            else if (IsHidden(c) || char.IsSurrogate(c))
            {
                Append(shown, c);
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, char c) => _ = c switch
    {
        '\n' => shown.Append("\\n"),
        '\r' => shown.Append("\\r"),
        <= (char)0xFF => shown.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
        _ => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    // C0 without the tab, which only moves to the right; DEL and C1; marks, embeddings, overrides and isolates of direction (Unicode
    // standard annex 9) and the separators of lines among them. A half of a surrogate pair alone is no text.
    private static bool IsHidden(char c) =>
        (char.IsControl(c) && c != '\t')
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
