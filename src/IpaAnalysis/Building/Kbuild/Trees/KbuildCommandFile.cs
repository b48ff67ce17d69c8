using System.Text;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>What a <c>.NAME.cmd</c> file says that its target depends on (kernel, <c>scripts/basic/fixdep.c</c>).</summary>
/// <param name="Program">The first word of the command.</param>
/// <param name="Words">The words of the command that may name files: generators' inputs stand nowhere else.</param>
/// <param name="Sources">The files as written, relative to where the command ran.</param>
/// <param name="Options">Files of configuration options, which need not exist.</param>
internal sealed record KbuildCommandFile(
    string Program, IReadOnlyCollection<string> Words, IReadOnlyList<string> Sources, IReadOnlyList<string> Options)
{
    private const string Prefix = ".";
    private const string Suffix = ".cmd";

    // What stands between words of shell commands.
    private static readonly char[] s_separators = [.. " \t;<>|&()'\"`=,@"];

    /// <summary>The target that a <c>.NAME.cmd</c> file is about, which lies beside it; null for any other file.</summary>
    public static string? TargetOf(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Prefix.Length + Suffix.Length
            ? Path.Combine(Path.GetDirectoryName(path)!, name[Prefix.Length..^Suffix.Length])
            : null;
    }

    /// <summary>Reads a file; null when it is not of the form that kbuild writes, and then nothing is known.</summary>
    /// <param name="text">Its content in UTF-8.</param>
    public static KbuildCommandFile? Parse(ReadOnlySpan<byte> text)
    {
        string? program = null;
        string[] words = [];
        var sources = new List<string>();
        var options = new List<string>();
        var isList = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].Trim(" \t"u8);
            if (line.IsEmpty || line.StartsWith("#"u8))
            {
                isList = false;
                continue;
            }

            if (!isList)
            {
                isList = line.StartsWith("deps_"u8);
                if (line.StartsWith("cmd_"u8) || line.StartsWith("savedcmd_"u8))
                {
                    words = Encoding.UTF8.GetString(ValueOf(line)).Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
                    program = words.Length > 0 ? words[0] : "";
                }
                else if ((isList || line.StartsWith("source_"u8)) && !Add(ValueOf(line)))
                {
                    return null;
                }

                isList &= line.EndsWith("\\"u8);
                continue;
            }

            if (!Add(line))
            {
                return null;
            }

            isList = line.EndsWith("\\"u8);
        }

        return program is null ? null : new KbuildCommandFile(program, [.. words.Where(static w => w[0] != '-').Distinct(StringComparer.Ordinal)], sources, options);

        bool Add(ReadOnlySpan<byte> entry)
        {
            entry = entry.TrimEnd((byte)'\\').Trim(" \t"u8);
            var isOption = entry.StartsWith("$(wildcard "u8) && entry.EndsWith(")"u8);
            entry = isOption ? entry["$(wildcard ".Length..^1].Trim((byte)' ') : entry;

            // What make would expand, or several names: no form that fixdep writes.
            if (entry.IndexOfAny("$\\# *"u8) >= 0)
            {
                return false;
            }

            if (!entry.IsEmpty)
            {
                (isOption ? options : sources).Add(Encoding.UTF8.GetString(entry));
            }

            return true;
        }
    }

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line)
    {
        var assign = line.IndexOf(":="u8);
        return assign < 0 ? [] : line[(assign + 2)..].Trim((byte)' ');
    }
}
