using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>Reads what <see cref="PathWriter"/> wrote.</summary>
internal sealed class PathReader
{
    private readonly List<string> _directories = [];
    private string? _shared;

    /// <summary>Reads a path or null.</summary>
    public string? Read(StateReader reader)
    {
        var number = reader.ReadIndex(_directories.Count + 2);
        if (number == 0)
        {
            return null;
        }

        if (number == _directories.Count + 1)
        {
            _directories.Add(reader.ReadPath());
        }

        return _directories[number - 1] + reader.ReadPath();
    }

    /// <summary>Reads a path that is often the same as the last one read in this way, and then the same text.</summary>
    public string? ReadShared(StateReader reader)
    {
        var path = Read(reader);
        return path == _shared ? _shared : _shared = path;
    }
}
