using System.Text;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Reads the line markers of a preprocessed text: <c># 12 "file" 1 3</c> (GCC manual, "Preprocessor Output").</summary>
internal static class LineMarkers
{
    /// <summary>The absolute paths of the files that a text was made from, each once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="directory">The absolute directory that the preprocessor ran in.</param>
    public static IReadOnlyCollection<string> FilesOf(ReadOnlySpan<byte> text, string directory)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (line is [(byte)'#', (byte)' ', >= (byte)'0' and <= (byte)'9', ..]
                && line.IndexOf((byte)'"') is >= 0 and var start
                && line[(start + 1)..].IndexOf((byte)'"') is > 0 and var length
                && line[start + 1] != (byte)'<')
            {
                files.Add(Path.GetFullPath(Encoding.UTF8.GetString(line.Slice(start + 1, length)), directory));
            }
        }

        return files;
    }
}
