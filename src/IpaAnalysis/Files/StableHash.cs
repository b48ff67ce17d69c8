using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace IpaAnalysis.Files;

/// <summary>A fast 64-bit hash (XxHash3) that is the same in every process, so that it can be kept in files. It resists chance, not intent.</summary>
internal static class StableHash
{
    /// <summary>
    /// The longest piece that XxHash3 hashes without vectors. Its code for longer ones cannot be compiled ahead, and a build's
    /// first call of it waited 15 ms or more for the JIT, where that of a short one takes 1.4 ms.
    /// </summary>
    private const int Piece = 240;

    /// <summary>The hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">What they follow: the hash of what comes before.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        for (; bytes.Length > Piece; bytes = bytes[Piece..])
        {
            seed = XxHash3.HashToUInt64(bytes[..Piece], (long)seed);
        }

        return XxHash3.HashToUInt64(bytes, (long)seed);
    }

    /// <summary>The hash of a text; a missing one differs from an empty one.</summary>
    public static ulong Of(string? text, ulong seed = 0) =>
        text is null ? Of(~0ul, seed) : Of(MemoryMarshal.AsBytes(text.AsSpan()), seed);

    /// <summary>The hash of a number.</summary>
    public static ulong Of(ulong value, ulong seed = 0) => Of(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(ref value)), seed);
}
