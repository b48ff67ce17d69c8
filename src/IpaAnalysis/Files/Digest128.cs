using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IpaAnalysis.Files;

/// <summary>
/// The first half of a SHA-256, equal for equal content. A type of its own, as code that names <see cref="UInt128"/> cannot be
/// compiled ahead and waits for the JIT in every build.
/// </summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The next eight bytes.</param>
internal readonly record struct Digest128(ulong High, ulong Low)
{
    /// <summary>The digest of bytes.</summary>
    public static Digest128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>The digest of what a stream holds from its position on.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Digest128 Of(Stream stream)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(stream, hash);
        return Read(hash);
    }

    private static Digest128 Read(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[sizeof(ulong)..]));

    /// <summary>Whether both digests are the same.</summary>
    public bool Equals(Digest128 other) => High == other.High && Low == other.Low;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Low;
}
