using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Xz;
using SharpCompress.Compressors.ZStandard;

namespace IpaAnalysis.Archives;

/// <summary>Tells archives by their first bytes, whatever they are called.</summary>
internal static class ArchiveForm
{
    private const int TarBlock = 512;
    private const int TarMagic = 257;

    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> Xz => [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private static ReadOnlySpan<byte> Zstandard => [0x28, 0xb5, 0x2f, 0xfd];

    private static ReadOnlySpan<byte> Bzip2 => "BZh"u8;

    /// <summary>Whether it is a zip archive; an empty one and one behind other bytes are none.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Whether a block begins a tar archive: all since POSIX.1-1988 say <c>ustar</c>.</summary>
    public static bool IsTar(ReadOnlySpan<byte> start) => start.Length >= TarBlock && start[TarMagic..].StartsWith("ustar"u8);

    /// <summary>The bytes that tell the form.</summary>
    public static byte[] StartOf(Stream archive)
    {
        var start = new byte[TarBlock];
        var read = archive.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        archive.Position = 0;
        return start[..read];
    }

    /// <summary>What a compressed archive holds; the stream itself when it is not compressed.</summary>
    /// <exception cref="InvalidDataException">The head is damaged.</exception>
    public static Stream Decompress(Stream archive, ReadOnlySpan<byte> start)
    {
        try
        {
            return start.StartsWith(Gzip) ? new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true)
                : start.StartsWith(Xz) ? new XZStream(archive)
                : start.StartsWith(Zstandard) ? new DecompressionStream(archive, 0, true, true)
                : start.StartsWith(Bzip2) ? BZip2Stream.Create(archive, SharpCompress.Compressors.CompressionMode.Decompress, true, true, false)
                : archive;
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
        {
            throw new InvalidDataException("The head of the archive is damaged.", e);
        }
    }
}
