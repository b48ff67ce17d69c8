using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IpaAnalysis.Tests.Files;

/// <summary>State files whose checksum is right and whose content nobody of ours wrote.</summary>
internal static class ForeignState
{
    private const int HeaderLength = 12;

    /// <summary>Makes some of a real one, always the same of the same.</summary>
    /// <param name="whole">A state file that was written.</param>
    /// <param name="seed">Which ones.</param>
    /// <param name="count">How many.</param>
    public static IEnumerable<byte[]> Of(byte[] whole, int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var payload = whole[HeaderLength..^SHA256.HashSizeInBytes];
            yield return Seal(whole.AsSpan(0, HeaderLength), Change(payload, random));
        }
    }

    /// <summary>Changes bytes.</summary>
    public static byte[] Change(byte[] payload, Random random)
    {
        var at = random.Next(payload.Length + 1);
        switch (random.Next(7))
        {
            case 0:
                var foreign = new byte[random.Next(3000)];
                random.NextBytes(foreign);
                return foreign;
            case 1:
                return payload[..at];
            case 2:
                // The largest number as it is written in as few bytes as it needs.
                return [.. payload[..at], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. payload[at..]];
            case 3 when payload.Length >= at + 4:
                BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(at), random.Next(3) switch { 0 => int.MaxValue, 1 => int.MinValue, _ => random.Next() });
                return payload;
            case 4:
                return [.. payload[..at], .. payload[(at / 2)..]];
            case 5:
                payload.AsSpan(at, Math.Min(payload.Length - at, random.Next(12))).Fill((byte)random.Next(256));
                return payload;
            default:
                for (var n = random.Next(1, 6); n > 0 && payload.Length > 0; n--)
                {
                    payload[random.Next(payload.Length)] = (byte)random.Next(256);
                }

                return payload;
        }
    }

    private static byte[] Seal(ReadOnlySpan<byte> header, byte[] payload)
    {
        byte[] content = [.. header, .. payload];
        return [.. content, .. SHA256.HashData(content)];
    }
}
