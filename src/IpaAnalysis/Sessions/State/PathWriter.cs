namespace IpaAnalysis.Sessions.State;

/// <summary>Writes paths so that each directory is spelled once.</summary>
internal sealed class PathWriter
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Writes 0 for null; else the directory's number, its text when it is new, and the name.</summary>
    public void Write(BinaryWriter writer, string? path)
    {
        if (path is null)
        {
            writer.Write7BitEncodedInt(0);
            return;
        }

        var end = path.LastIndexOf('/') + 1;
        var directory = path[..end];
        var isNew = !_numbers.TryGetValue(directory, out var number);
        if (isNew)
        {
            _numbers[directory] = number = _numbers.Count + 1;
        }

        writer.Write7BitEncodedInt(number);
        if (isNew)
        {
            writer.Write(directory);
        }

        writer.Write(path[end..]);
    }
}
