using System.Text;

namespace IpaAnalysis.CommandLines.Records;

/// <summary>
/// Reads the lists of files that kbuild writes: <c>NAME.mod</c> names the objects that link into a module (one a line since
/// Linux 5.19, before that in one line), <c>modules.order</c> the modules of a directory and below (<c>scripts/Makefile.build</c>).
/// </summary>
internal static class KbuildList
{
    /// <summary>The list of the modules, one per directory.</summary>
    public const string ModulesOrder = "modules.order";

    /// <summary>The list of a module's objects.</summary>
    public const string ModuleExtension = ".mod";

    /// <summary>Whether a file name is that of such a list; a person's file may have it too, without a record beside it.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name is ModulesOrder || (name.EndsWith(ModuleExtension, StringComparison.Ordinal) && name.Length > ModuleExtension.Length);

    /// <summary>
    /// The files of a list as paths from the list's own directory, <c>..</c> not folded, or as absolute ones where they lie elsewhere.
    /// The tree may have been moved since: only where the list was says what its words are relative to.
    /// </summary>
    /// <param name="text">The list in UTF-8.</param>
    /// <param name="target">The list's own path as kbuild recorded it, in the same form as the words.</param>
    public static IReadOnlyList<string> Read(ReadOnlySpan<byte> text, string target)
    {
        var directory = UnixPath.DirectoryOf(target);
        var prefix = directory.Length == 0 ? "" : directory + "/";
        var files = new List<string>();
        foreach (var word in Encoding.UTF8.GetString(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!word.EndsWith(".o", StringComparison.Ordinal) && !word.EndsWith(".ko", StringComparison.Ordinal))
            {
                continue;
            }

            files.Add(
                word.StartsWith(prefix, StringComparison.Ordinal) && (prefix.Length > 0 || word[0] != '/') ? word[prefix.Length..]
                : word[0] == '/' ? word
                : Path.GetRelativePath("/" + directory, "/" + word));
        }

        return files;
    }
}
