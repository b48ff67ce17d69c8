using IpaAnalysis.Building.Kbuild.Messages;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Kbuild.UpToDate;

/// <summary>
/// Finds objects beside which the clone dump is missing that their compile wrote (GCC writes one for every unit, also an empty
/// one): make takes them for up to date and would never bring it.
/// </summary>
internal static class KbuildDumps
{
    private const string ObjectSuffix = ".o";

    /// <summary>The objects of a directory, sorted ordinally; none when it cannot be listed.</summary>
    /// <param name="directory">Absolute directory of the objects.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static IReadOnlyList<string> ObjectsWithout(string directory, CancellationToken cancellation)
    {
        try
        {
            var withDump = new HashSet<string>(StringComparer.Ordinal);
            var made = new List<(string Object, string Command)>();
            foreach (var file in KbuildFootprint.FilesIn(directory, static (ref entry) => entry.FileName.EndsWith(".cmd") || entry.FileName.EndsWith(".ipa-clones")))
            {
                cancellation.ThrowIfCancellationRequested();
                if (KbuildCommandFile.TargetOf(file) is not { } target)
                {
                    withDump.Add(KernelModuleFiles.ObjectOfDump(file) ?? file);
                }
                else if (target.EndsWith(ObjectSuffix, StringComparison.Ordinal))
                {
                    made.Add((target, file));
                }
            }

            return [.. made.Where(m => !withDump.Contains(m.Object) && File.Exists(m.Object) && WritesDump(m.Command)).Select(static m => m.Object).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool WritesDump(string commandFile)
    {
        foreach (var line in InputFile.ReadLines(commandFile, FileRole.KbuildRecord))
        {
            if (line.StartsWith("cmd_", StringComparison.Ordinal) || line.StartsWith("savedcmd_", StringComparison.Ordinal))
            {
                return KbuildStep.IsCompile(line);
            }
        }

        return false;
    }
}
