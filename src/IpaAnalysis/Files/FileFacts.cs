using System.Security.Cryptography;

namespace IpaAnalysis.Files;

/// <summary>Looks at each file once, however many sources read it.</summary>
internal sealed class FileFacts
{
    private readonly Dictionary<string, FileStamp?> _stamps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _hashes = new(StringComparer.Ordinal);

    /// <summary>Size and times; null when there is no such file.</summary>
    public FileStamp? Stamp(string path)
    {
        if (!_stamps.TryGetValue(path, out var stamp))
        {
            _stamps[path] = stamp = FileStamp.OfInput(path);
        }

        return stamp;
    }

    /// <summary>SHA-256 of the content in hexadecimal; null when it cannot be read.</summary>
    public string? Hash(string path)
    {
        if (!_hashes.TryGetValue(path, out var hash))
        {
            hash = Compute(path);
            _hashes[path] = hash = IsSame(path) ? hash : null;
        }

        return hash;
    }

    /// <summary>Whether a file is as when it was first looked at: else its hash is not that of what was looked at.</summary>
    private bool IsSame(string path) => !_stamps.TryGetValue(path, out var stamp) || FileStamp.OfInput(path) == stamp;

    private static string? Compute(string path)
    {
        try
        {
            using var stream = InputFile.OpenStream(path, FileRole.Hashed);
            return Convert.ToHexString(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
