using System.Text;

namespace IpaAnalysis.Recompile.Source;

/// <summary>Changes the text of a translation unit.</summary>
internal static class SourceEdit
{
    /// <summary>Inserts texts.</summary>
    /// <param name="text">The original text, which stays as it is.</param>
    /// <param name="insertions">What to insert, in any order; what has the same offset is put there in the order given.</param>
    /// <returns>The new text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An offset is outside of the text.</exception>
    public static byte[] Insert(ReadOnlyMemory<byte> text, IEnumerable<SourceInsertion> insertions)
    {
        var sorted = insertions.OrderBy(static i => i.Offset).ToList();
        var result = new byte[text.Length + sorted.Sum(static i => Encoding.UTF8.GetByteCount(i.Text))];
        var from = 0;
        var to = 0;
        foreach (var insertion in sorted)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(insertion.Offset, nameof(insertions));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(insertion.Offset, text.Length, nameof(insertions));
            text.Span[from..insertion.Offset].CopyTo(result.AsSpan(to));
            to += insertion.Offset - from;
            from = insertion.Offset;
            to += Encoding.UTF8.GetBytes(insertion.Text, result.AsSpan(to));
        }

        text.Span[from..].CopyTo(result.AsSpan(to));
        return result;
    }
}
