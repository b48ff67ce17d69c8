using System.Collections.Immutable;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files;

namespace IpaAnalysis.Compilers;

/// <summary>Replaces <c>@FILE</c> by what decides in the file, as GCC does (<c>expandargv</c>), so that all options can be seen.</summary>
internal static class ResponseFiles
{
    // expandargv allows 2000 files; nobody nests them.
    private const int Deepest = 8;

    /// <summary>The options with those of files; a file that cannot be read stays as it is, and GCC will complain.</summary>
    /// <param name="flags">Options of a trusted record.</param>
    /// <param name="directory">The absolute directory that relative names start from.</param>
    public static ImmutableArray<string> Expand(ImmutableArray<string> flags, string directory) =>
        flags.Any(f => f.StartsWith('@')) ? [.. flags.SelectMany(f => Expand(f, directory, Deepest))] : flags;

    private static IEnumerable<string> Expand(string flag, string directory, int depth)
    {
        if (!flag.StartsWith('@') || depth == 0 || UnixPath.Resolve(flag[1..], directory) is not { } path)
        {
            return [flag];
        }

        string text;
        try
        {
            text = InputFile.ReadAllText(path, FileRole.BuildText);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [flag];
        }

        return PassFlags.Select([.. GccArguments.Split(text)]).SelectMany(f => Expand(f, directory, depth - 1));
    }
}
