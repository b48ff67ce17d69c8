using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Diagnostics;

[TestFixture]
internal sealed class VisibleTextTests
{
    [TestCase("", "")]
    [TestCase("a plain text: 'x' \\x1b {0} ~", "a plain text: 'x' \\x1b {0} ~")]
    [TestCase("a\ttab, café, 日本, 𝒳 …", "a\ttab, café, 日本, 𝒳 …")]
    [TestCase("\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m")]
    [TestCase("a\nb\r\nc\0", "a\\nb\\r\\nc\\x00")]
    [TestCase("\u007f\u0085\u009b31m\u00a0", "\\x7f\\x85\\x9b31m\u00a0")]
    [TestCase("\u202eevil\u202c \u2066x\u2069", "\\u202eevil\\u202c \\u2066x\\u2069")]
    [TestCase("a\u2028b\u2029\u200e\u200f\u061c", "a\\u2028b\\u2029\\u200e\\u200f\\u061c")]
    public void What_drives_a_terminal_or_begins_a_line_is_shown(string text, string expected) =>
        Assert.That(VisibleText.Escape(text), Is.EqualTo(expected));

    [Test]
    public void A_half_of_a_pair_is_shown_and_a_pair_stays() =>
        Assert.That(VisibleText.Escape("\udc00\ud835\udcb3\ud835"), Is.EqualTo("\\udc00\ud835\udcb3\\ud835"));

    [Test]
    public void No_character_reaches_the_console_that_can_forge()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            var shown = VisibleText.Escape($"é{(char)c}é");
            Assert.That(shown.Any(static x => (char.IsControl(x) && x != '\t') || char.IsSurrogate(x)), Is.False, $"U+{c:x4}");
            Assert.That(VisibleText.Escape(shown), Is.EqualTo(shown));
        }
    }
}
