using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IpaAnalysis.Outputs;

/// <summary>Names results by what stays the same when lines move. Of several with the same parts, each gets its number.</summary>
internal sealed class SarifFingerprints
{
    private readonly Dictionary<UInt128, int> _counts = [];

    /// <summary>The fingerprint of the next result that has these parts.</summary>
    public string Next(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            // With its length, as a name may hold any character.
            var bytes = Encoding.UTF8.GetBytes(part ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        var value = BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
        var count = _counts.GetValueOrDefault(value) + 1;
        _counts[value] = count;
        var number = count > 1 ? string.Create(CultureInfo.InvariantCulture, $":{count}") : "";
        return value.ToString("x32", CultureInfo.InvariantCulture) + number;
    }
}
