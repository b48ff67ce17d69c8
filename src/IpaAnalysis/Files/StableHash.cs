using System.Runtime.InteropServices;

namespace IpaAnalysis.Files;

/// <summary>A fast 64-bit hash that is the same in every process, so that it can be kept in files. It resists chance, not intent.</summary>
public static class StableHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>The hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">What they follow: the hash of what comes before.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = seed ^ ((ulong)bytes.Length * First);
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        var last = 0ul;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            last = (last << 8) | bytes[i];
        }

        return Mix(hash ^ last ^ Second);
    }

    /// <summary>The hash of a text; a missing one differs from an empty one.</summary>
    public static ulong Of(string? text, ulong seed = 0) =>
        text is null ? Of(~0ul, seed) : Of(MemoryMarshal.AsBytes(text.AsSpan()), seed);

    /// <summary>The hash of a number.</summary>
    public static ulong Of(ulong value, ulong seed = 0) => Mix(Mix(seed ^ First) ^ value);

    /// <summary>Folds a 128-bit product: each bit of the input reaches every bit of the result.</summary>
    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value ^ Second, First, out var low);
        return high ^ low ^ (value >> 32);
    }
}
