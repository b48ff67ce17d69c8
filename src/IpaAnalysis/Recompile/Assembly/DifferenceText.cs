using System.Text;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Recompile.Assembly;

/// <summary>Shows engineers where two bodies begin to differ.</summary>
internal static class DifferenceText
{
    private const int LinesBefore = 3;
    private const int LinesOfEach = 4;

    /// <summary>A minified line or a long string would hide the rest.</summary>
    private const int MaxLineLength = 160;

    public static string Of(Piece baseline, Piece variant)
    {
        var text = new StringBuilder();
        text.Append("--- ").Append(baseline.Symbol).Append('\n');
        text.Append("+++ ").Append(variant.Symbol).Append('\n');

        var left = baseline.Code.Span;
        var right = variant.Code.Span;
        var common = left.CommonPrefixLength(right);
        if (common == left.Length && common == right.Length)
        {
            text.Append("the same code as a clone of another kind\n");
            return text.ToString();
        }

        var start = left[..common].LastIndexOf((byte)'\n') + 1;
        text.Append("@@ line ").Append(left[..start].Count((byte)'\n') + 1).Append(" @@\n");
        AppendLines(text, ' ', LastLines(left[..start]), LinesBefore);
        AppendLines(text, '-', left[start..], LinesOfEach);
        AppendLines(text, '+', right[start..], LinesOfEach);
        return text.ToString();
    }

    private static ReadOnlySpan<byte> LastLines(ReadOnlySpan<byte> lines)
    {
        var start = lines.Length;
        for (var i = 0; i < LinesBefore && start > 0; i++)
        {
            start = lines[..(start - 1)].LastIndexOf((byte)'\n') + 1;
        }

        return lines[start..];
    }

    private static void AppendLines(StringBuilder text, char mark, ReadOnlySpan<byte> lines, int count)
    {
        for (; count > 0 && !lines.IsEmpty; count--)
        {
            var length = lines.IndexOf((byte)'\n');
            length = length < 0 ? lines.Length : length;
            text.Append(mark).Append(Encoding.UTF8.GetString(lines[..Math.Min(length, MaxLineLength)]));
            text.Append(length > MaxLineLength ? "…\n" : "\n");
            lines = lines[Math.Min(length + 1, lines.Length)..];
        }
    }
}
