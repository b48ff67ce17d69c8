using System.Text;

namespace IpaAnalysis.Processes;

/// <summary>Reads the lines of a stream as UTF-8 without ever holding more than one line of limited length.</summary>
internal static class BoundedLineReader
{
    /// <summary>What is beyond this many characters of a line is replaced by an ellipsis.</summary>
    public const int MaxLength = 65_536;

    /// <summary>Reads to the end. Invalid UTF-8 becomes U+FFFD; a stream that breaks off ends the reading.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="onRead">Told how many bytes came, before their lines.</param>
    /// <param name="onLine">Told each line.</param>
    public static void ReadAll(Stream stream, Action<int> onRead, Action<string> onLine)
    {
        var decoder = new UTF8Encoding(false).GetDecoder();
        var bytes = new byte[4096];

        // One more than there are bytes: what was left of the piece before may turn out invalid.
        var buffer = new char[bytes.Length + 1];
        var line = new StringBuilder();
        var started = false;
        try
        {
            int read;
            do
            {
                read = stream.Read(bytes, 0, bytes.Length);
                onRead(read);
                var rest = buffer.AsSpan(0, decoder.GetChars(bytes, 0, read, buffer, 0, flush: read == 0));
                for (int end; (end = rest.IndexOf('\n')) >= 0; rest = rest[(end + 1)..])
                {
                    Append(line, rest[..end]);
                    onLine(Take(line));
                    started = false;
                }

                Append(line, rest);
                started |= rest.Length > 0;
            }
            while (read > 0);
        }
        catch (IOException)
        {
            // The other end was killed: what came before is still told.
        }
        catch (ObjectDisposedException)
        {
            // The run was given up while a process left behind held the pipe.
        }

        if (started)
        {
            onLine(Take(line));
        }
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text)
    {
        var room = MaxLength + 1 - line.Length;
        line.Append(text.Length > room ? text[..room] : text);
    }

    private static string Take(StringBuilder line)
    {
        if (line.Length > MaxLength)
        {
            line.Length = MaxLength;
            line.Append('…');
        }
        else if (line.Length > 0 && line[^1] == '\r')
        {
            line.Length--;
        }

        var text = line.ToString();
        line.Clear();
        return text;
    }
}
