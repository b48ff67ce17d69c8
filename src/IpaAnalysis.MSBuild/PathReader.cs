namespace IpaAnalysis.MSBuild;

/// <summary>Reads what <see cref="PathWriter"/> wrote.</summary>
internal sealed class PathReader
{
    private readonly List<string> _directories = [];

    /// <summary>Reads a path or null.</summary>
    public string? Read(BinaryReader reader)
    {
        var number = reader.Read7BitEncodedInt();
        if (number == 0)
        {
            return null;
        }

        if (number == _directories.Count + 1)
        {
            _directories.Add(reader.ReadString());
        }

        return _directories[number - 1] + reader.ReadString();
    }
}
