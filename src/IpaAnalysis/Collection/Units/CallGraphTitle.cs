using System.Text;
using IpaAnalysis.Files;

namespace IpaAnalysis.Collection.Units;

/// <summary>Reads the source's path from the first line of a call graph: <c>graph: { title: "PATH"</c> (GCC, <c>toplev.cc</c>).</summary>
internal static class CallGraphTitle
{
    /// <summary>PATH_MAX of Linux and the words around it.</summary>
    private const int LongestLine = 4096 + 64;

    private static ReadOnlySpan<byte> Node => "\nnode: {"u8;

    private static ReadOnlySpan<byte> Start => "graph: { title: \""u8;

    /// <summary>
    /// Whether the compiler made code: a compile that fails leaves a call graph without nodes (GCC 11 and 12 were seen to). False for what
    /// cannot be read.
    /// </summary>
    public static bool HasCode(string path)
    {
        try
        {
            using var file = InputFile.Open(path, FileRole.CompilerRecord);
            Span<byte> buffer = stackalloc byte[LongestLine + 16];
            return buffer[..file.Read(0, buffer)].IndexOf(Node) > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The path as the compiler was given it; null when the file does not tell. Whether the file is sound is its reader's business.</summary>
    public static string? Read(string path)
    {
        try
        {
            using var file = InputFile.Open(path, FileRole.CompilerRecord);
            Span<byte> buffer = stackalloc byte[LongestLine];
            buffer = buffer[..file.Read(0, buffer)];
            var end = buffer.IndexOf((byte)'\n');
            if (end < 0 || !buffer.StartsWith(Start) || buffer[end - 1] != (byte)'"' || end - 1 <= Start.Length)
            {
                return null;
            }

            return Encoding.UTF8.GetString(buffer[Start.Length..(end - 1)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
