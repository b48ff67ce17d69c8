using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files;

/// <summary>Looks at each file once, however many sources read it.</summary>
internal sealed class FileStates
{
    private readonly Dictionary<string, FileIdentity?> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Digest128?> _contents = new(StringComparer.Ordinal);

    /// <summary>What the file system says; null when there is no such file.</summary>
    public FileIdentity? LookAt(string path)
    {
        if (!_identities.TryGetValue(path, out var identity))
        {
            _identities[path] = identity = FileState.LookAt(path);
        }

        return identity;
    }

    /// <summary>A digest of the content; null when it cannot be read, or is no longer that of what was looked at.</summary>
    public Digest128? ContentOf(string path)
    {
        if (!_contents.TryGetValue(path, out var content))
        {
            _contents[path] = content = LookAt(path) is { } identity ? FileState.ContentOf(path, identity) : null;
        }

        return content;
    }
}
