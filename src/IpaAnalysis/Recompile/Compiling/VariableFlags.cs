using System.Text;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>
/// Reads which static variables a unit never writes or never reads: GCC says so in one line of the dump of
/// <c>-fdump-ipa-whole-program</c>, <c>Clearing variable flags: a/2 (read-only) b/1 (write-only)</c> (gcc/ipa.cc, <c>ipa_discover_variable_flags</c>).
/// </summary>
internal static class VariableFlags
{
    private const string Line = "Clearing variable flags:";

    /// <summary>
    /// Whether a dump was written to behind the line that is read: on a full disk it ends where the space does. The symbol table comes
    /// behind it, at the end of the pass; the line itself is missing under <c>-fno-ipa-reference-addressable</c>.
    /// </summary>
    public static bool IsWhole(ReadOnlySpan<byte> dump)
    {
        var line = dump.IndexOf(Encoding.UTF8.GetBytes(Line));
        return dump.IndexOf("Symbol table:"u8) >= 0 || (line >= 0 && dump[line..].Contains((byte)'\n'));
    }

    /// <summary>Reads a dump.</summary>
    public static (HashSet<string> ReadOnly, HashSet<string> WriteOnly) Read(ReadOnlySpan<byte> dump)
    {
        var readOnly = new HashSet<string>(StringComparer.Ordinal);
        var writeOnly = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(dump).Split('\n'))
        {
            if (!line.StartsWith(Line, StringComparison.Ordinal))
            {
                continue;
            }

            var variable = "";
            foreach (var word in line[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.StartsWith("(read-only", StringComparison.Ordinal))
                {
                    readOnly.Add(variable);
                }
                else if (word.StartsWith("(write-only", StringComparison.Ordinal))
                {
                    writeOnly.Add(variable);
                }
                else if (!word.StartsWith('('))
                {
                    variable = word.LastIndexOf('/') is > 0 and var end ? word[..end] : word;
                }
            }
        }

        return (readOnly, writeOnly);
    }
}
