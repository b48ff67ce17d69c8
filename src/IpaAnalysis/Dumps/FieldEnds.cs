using System.Numerics;
using System.Runtime.Intrinsics;

namespace IpaAnalysis.Dumps;

/// <summary>Finds all separators of a record in one pass; ten searches for one each take a third of the time of reading a dump.</summary>
internal static class FieldEnds
{
    /// <summary>Finds the places of the separators.</summary>
    /// <param name="text">The record.</param>
    /// <param name="separator">What parts its fields.</param>
    /// <param name="ends">Receives the places.</param>
    /// <returns>Whether there are exactly as many as there is room for.</returns>
    public static bool TryFind(ReadOnlySpan<byte> text, byte separator, Span<int> ends)
    {
        var count = 0;
        var start = 0;
        var wanted = Vector256.Create(separator);
        for (; start + Vector256<byte>.Count <= text.Length; start += Vector256<byte>.Count)
        {
            var found = Vector256.Equals(Vector256.Create(text.Slice(start, Vector256<byte>.Count)), wanted).ExtractMostSignificantBits();
            if (!TryAdd(found, start, ends, ref count))
            {
                return false;
            }
        }

        if (start < text.Length && start > 0)
        {
            // The last vector overlaps the one before; what that has seen is shifted out.
            var last = text.Length - Vector256<byte>.Count;
            var found = Vector256.Equals(Vector256.Create(text.Slice(last, Vector256<byte>.Count)), wanted).ExtractMostSignificantBits();
            return TryAdd(found >> (start - last), start, ends, ref count) && count == ends.Length;
        }

        for (; start < text.Length; start++)
        {
            if (text[start] == separator && !TryAdd(1, start, ends, ref count))
            {
                return false;
            }
        }

        return count == ends.Length;
    }

    private static bool TryAdd(uint found, int start, Span<int> ends, ref int count)
    {
        for (; found != 0; found &= found - 1)
        {
            if (count == ends.Length)
            {
                return false;
            }

            ends[count++] = start + BitOperations.TrailingZeroCount(found);
        }

        return true;
    }
}
