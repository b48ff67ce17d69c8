using System.Text;

namespace IpaAnalysis.CommandLines.Records;

/// <summary>
/// Reads the files that a target of kbuild depends on from <c>.NAME.cmd</c> (kernel, <c>scripts/basic/fixdep.c</c>): the lines after
/// <c>deps_TARGET :=</c>. Names of configuration options, which need not exist, are left out.
/// </summary>
internal static class KbuildDependencies
{
    /// <summary>The names as written, relative to where the command ran; none when the file lists none.</summary>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> text)
    {
        var names = new List<string>();
        var isList = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].Trim(" \t"u8);
            if (!isList)
            {
                var assign = line.StartsWith("deps_"u8) ? line.IndexOf(":="u8) : -1;
                isList = assign >= 0 && line.EndsWith("\\"u8);
                line = assign < 0 ? default : line[(assign + 2)..];
            }
            else
            {
                isList = line.EndsWith("\\"u8);
            }

            var name = line.TrimEnd((byte)'\\').Trim(" \t"u8);
            if (!name.IsEmpty && !name.StartsWith("$(wildcard "u8))
            {
                names.Add(Encoding.UTF8.GetString(name));
            }
        }

        return names;
    }
}
