namespace IpaAnalysis.Files;

/// <summary>Sets of bytes. Sequences of numbers would do, but those are not compiled ahead, and every build makes such a set.</summary>
internal static class Bytes
{
    /// <summary>All bytes that a condition holds for, ascending.</summary>
    public static byte[] Where(Predicate<byte> condition)
    {
        var found = new byte[byte.MaxValue + 1];
        var count = 0;
        for (var b = 0; b <= byte.MaxValue; b++)
        {
            if (condition((byte)b))
            {
                found[count++] = (byte)b;
            }
        }

        return found[..count];
    }
}
