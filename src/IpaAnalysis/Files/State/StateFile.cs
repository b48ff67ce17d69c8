using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IpaAnalysis.Files.State;

/// <summary>
/// The envelope of what is remembered between builds: magic, format version, payload, SHA-256 of all before it.
/// A file that is not exactly that is no state at all, and everything is done anew.
/// </summary>
internal static class StateFile
{
    /// <summary>Bytes before the payload.</summary>
    internal const int HeaderLength = 12;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <param name="decode">Makes something of the payload; null when it is of no use.</param>
    /// <returns>Null when the file is missing, damaged, foreign or of another version.</returns>
    public static T? TryRead<T>(string path, string magic, int version, Func<StateReader, T?> decode)
        where T : class => TryRead(path, magic, version, decode, out _);

    /// <summary>Reads a file, and what tells its content from any other.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <param name="decode">Makes something of the payload; null when it is of no use.</param>
    /// <param name="checksum">SHA-256 of the content; empty when there is none.</param>
    /// <returns>Null when the file is missing, damaged, foreign or of another version.</returns>
    public static T? TryRead<T>(string path, string magic, int version, Func<StateReader, T?> decode, out byte[] checksum)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(decode);
        return TryRead(path, magic, version, out checksum) is { } reader ? TryDecode(reader, decode) : null;
    }

    /// <summary>Decodes something; null when the bytes are something else, however right their checksum is.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="decode">Makes something of them; null when they are of no use.</param>
    public static T? TryDecode<T>(StateReader reader, Func<StateReader, T?> decode)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(decode);
        try
        {
            return decode(reader);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads a payload.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <returns>Null when the file is missing, damaged, foreign or of another version.</returns>
    internal static StateReader? TryRead(string path, string magic, int version) => TryRead(path, magic, version, out _);

    /// <summary>Reads a payload, and what tells it from any other.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <param name="checksum">SHA-256 of the content; empty when there is none.</param>
    /// <returns>Null when the file is missing, damaged, foreign or of another version.</returns>
    internal static StateReader? TryRead(string path, string magic, int version, out byte[] checksum) =>
        TryReadPayload(path, magic, version, out checksum) is { } payload ? new StateReader(payload) : null;

    /// <summary>Reads a payload as it is; it starts at <see cref="HeaderLength"/> of its array.</summary>
    internal static ArraySegment<byte>? TryReadPayload(string path, string magic, int version, out byte[] checksum)
    {
        checksum = [];
        byte[] content;
        try
        {
            content = InputFile.ReadAllBytes(path, FileRole.State);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var end = content.Length - SHA256.HashSizeInBytes;
        if (end < HeaderLength
            || !content.AsSpan(0, HeaderLength).SequenceEqual(Header(magic, version))
            || !SHA256.HashData(content.AsSpan(0, end)).AsSpan().SequenceEqual(content.AsSpan(end)))
        {
            return null;
        }

        checksum = content[end..];
        return new ArraySegment<byte>(content, HeaderLength, end - HeaderLength);
    }

    /// <summary>What tells a file that is known to be sound from any other, without reading all of it; empty when it is not there.</summary>
    /// <param name="path">Absolute path.</param>
    public static byte[] ReadChecksum(string path)
    {
        try
        {
            using var file = InputFile.Open(path, FileRole.State);
            var checksum = new byte[SHA256.HashSizeInBytes];
            var start = file.Length - checksum.Length;
            return start >= HeaderLength && file.ReadFully(start, checksum) == checksum.Length ? checksum : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Writes a payload unless the file holds it already.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <param name="writePayload">Writes the payload.</param>
    /// <returns>Whether the file was written.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static bool Write(string path, string magic, int version, Action<BinaryWriter> writePayload) =>
        OutputFile.Write(path, Serialize(magic, version, writePayload));

    /// <summary>Writes a payload that may be large, without holding it.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <param name="writePayload">Writes the payload, in pieces that are not too small.</param>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    internal static bool WriteLarge(string path, string magic, int version, Action<Stream> writePayload) => OutputFile.Write(path, stream =>
    {
        using var hashing = new HashingStream(stream);
        hashing.Write(Header(magic, version));
        writePayload(hashing);
        stream.Write(hashing.Hash());
    });

    /// <summary>Whether a file holds a payload already.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="magic">What the file is; at most eight ASCII characters.</param>
    /// <param name="version">The payload's format.</param>
    /// <param name="writePayload">Writes the payload.</param>
    public static bool Holds(string path, string magic, int version, Action<BinaryWriter> writePayload) =>
        OutputFile.Holds(path, Serialize(magic, version, writePayload));

    private static byte[] Serialize(string magic, int version, Action<BinaryWriter> writePayload)
    {
        using var stream = new MemoryStream();
        stream.Write(Header(magic, version));
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writePayload(writer);
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    private static byte[] Header(string magic, int version)
    {
        var header = new byte[HeaderLength];
        Encoding.ASCII.GetBytes(magic, header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), version);
        return header;
    }
}
