using System.Buffers.Text;

namespace IpaAnalysis.Recompile.Assembly;

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
                return length == left.Length && length == right.Length && (moved || !renamed);
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

        return left.IsEmpty && right.IsEmpty && (moved || !renamed);
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
