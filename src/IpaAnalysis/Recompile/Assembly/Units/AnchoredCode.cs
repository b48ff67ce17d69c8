using System.Buffers.Text;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>
/// Compares code that reaches variables through an anchor in a register: there an instruction holds a plain offset, and the same variable
/// has another one when GCC placed the variables of the unit in another order.
/// </summary>
internal static class AnchoredCode
{
    /// <summary>Stands before the variable an anchor without offset lies at: what is meant may be that variable or any other of the block.</summary>
    public static ReadOnlySpan<byte> Mark => "<anchor>"u8;

    /// <summary>Whether two bodies differ in nothing but numbers that are offsets of the same places from anchors that the bodies mention.</summary>
    public static bool IsSame(AssemblyFunction baseline, AnchorMap baselineMap, AssemblyFunction variant, AnchorMap variantMap)
    {
        if (baseline.Anchors.IsEmpty || variant.Anchors.IsEmpty)
        {
            return false;
        }

        var left = baseline.Code.Span;
        var right = variant.Code.Span;
        var (moved, renamed) = (false, false);
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var length = left.CommonPrefixLength(right);
            if (length == left.Length || length == right.Length)
            {
                break;
            }

            // One compile reaches by the anchor what the other reaches by its name.
            if (left[length..].StartsWith(Mark) || right[length..].StartsWith(Mark))
            {
                left = left[(length + (left[length..].StartsWith(Mark) ? Mark.Length : 0))..];
                right = right[(length + (right[length..].StartsWith(Mark) ? Mark.Length : 0))..];
                if (WordLength(left, 0) == 0 || !left[..WordLength(left, 0)].SequenceEqual(right[..WordLength(right, 0)]))
                {
                    return false;
                }

                continue;
            }

            // The difference may begin within a number or a name.
            var word = WordStart(left, length);
            if (word >= Mark.Length && left[(word - Mark.Length)..word].SequenceEqual(Mark))
            {
                renamed = true;
                left = left[(word + WordLength(left, word))..];
                right = right[(word + WordLength(right, word))..];
            }
            else if (TryNumber(left, word, out var number, out var used) && TryNumber(right, word, out var otherNumber, out var otherUsed)
                && baselineMap.IsSamePlace(baseline.Anchors, number, variantMap, variant.Anchors, otherNumber))
            {
                moved = true;
                left = left[(word + used)..];
                right = right[(word + otherUsed)..];
            }
            else
            {
                return false;
            }
        }

        return left.SequenceEqual(right)
            && (moved || !renamed || MentionsSamePlace(baseline, baselineMap, variant, variantMap));
    }

    /// <summary>Whether some offset in the code is the same place in both units: then it is that place the anchor is used for.</summary>
    private static bool MentionsSamePlace(AssemblyFunction baseline, AnchorMap baselineMap, AssemblyFunction variant, AnchorMap variantMap)
    {
        var code = baseline.Code.Span;
        for (var i = 0; i < code.Length; i += Math.Max(1, WordLength(code, i)))
        {
            if (OperandText.IsDigit(code[i]) && TryNumber(code, i, out var number, out _) && number > 0
                && baselineMap.IsSamePlace(baseline.Anchors, number, variantMap, variant.Anchors, number))
            {
                return true;
            }
        }

        return false;
    }

    private static int WordStart(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && OperandText.WordLength(text[(at - 1)..]) > 0)
        {
            at--;
        }

        return at;
    }

    private static int WordLength(ReadOnlySpan<byte> text, int at) => OperandText.WordLength(text[at..]);

    private static bool TryNumber(ReadOnlySpan<byte> text, int at, out long number, out int used) =>
        Utf8Parser.TryParse(text[at..], out number, out used) && used == WordLength(text, at) && OperandText.IsDigit(text[at]);
}
