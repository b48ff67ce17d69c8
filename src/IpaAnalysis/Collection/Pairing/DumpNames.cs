using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>
/// The names GCC gives the dumps of a compile. Since GCC 11 they follow the object (its stem and the source's extension),
/// before that the source (GCC manual, "Developer Options" and <c>-dumpbase</c> of either version).
/// </summary>
internal static class DumpNames
{
    /// <summary>The part before the pass that the object's own name or the command gives, best first.</summary>
    public static IEnumerable<string> FromObject(Candidate candidate)
    {
        var stem = UnixPath.StemOf(candidate.OutputName);
        if (candidate.Command is { Source: not null } command)
        {
            yield return string.IsNullOrEmpty(command.DumpBase) ? stem + Extension(command.Source) : UnixPath.NameOf(command.DumpBase);
            yield break;
        }

        foreach (var found in OfStem(candidate.OutputDirectory, stem))
        {
            yield return found;
        }

        foreach (var found in OfStem(candidate.OutputDirectory, ArtifactName.TemporaryPrefix + stem))
        {
            yield return found;
        }
    }

    /// <summary>The part before the pass that the source's name gives; null when it is the same or unknown.</summary>
    public static string? FromSource(Candidate candidate)
    {
        if (candidate.Command is not { Source: { } source })
        {
            // foo.c.o without a command: from foo.c by the old rule or from standard input.
            var stem = UnixPath.StemOf(candidate.OutputName);
            return UnixPath.ExtensionOf(stem).Length > 0 ? stem : null;
        }

        return source != "-" && !FromObject(candidate).Contains(UnixPath.NameOf(source)) ? UnixPath.NameOf(source) : null;
    }

    /// <summary>Standard input has no extension.</summary>
    private static string Extension(string source) => source == "-" ? "" : UnixPath.ExtensionOf(source);

    /// <summary>The dumps in a directory that have this stem: C first, then preprocessed C, then others.</summary>
    private static IEnumerable<string> OfStem(DirectoryListing directory, string stem)
    {
        foreach (var extension in (string[])[".c", ".i", ""])
        {
            if (directory.Dumps.ContainsKey(stem + extension))
            {
                yield return stem + extension;
            }
        }

        foreach (var other in directory.DumpsOfStem(stem))
        {
            if (!other.EndsWith(".c", StringComparison.Ordinal) && !other.EndsWith(".i", StringComparison.Ordinal) && other != stem)
            {
                yield return other;
            }
        }
    }
}
