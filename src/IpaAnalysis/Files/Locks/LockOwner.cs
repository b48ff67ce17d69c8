using System.Globalization;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files.Locks;

/// <summary>Tells which process holds a lock, from the kernel's own list (<c>proc_locks(5)</c>).</summary>
internal static class LockOwner
{
    private const string Locks = "/proc/locks";

    /// <summary>The process that locks a file or directory with <c>flock(2)</c>; null when none that this container can see does.</summary>
    /// <param name="path">Absolute path.</param>
    public static int? Find(string path)
    {
        if (!FileIdentity.TryGet(path, out var identity))
        {
            return null;
        }

        // statx gives major and minor number in the two halves.
        var file = string.Create(CultureInfo.InvariantCulture, $"{identity.Device >> 32:x2}:{identity.Device & uint.MaxValue:x2}:{identity.Inode}");
        try
        {
            foreach (var line in InputFile.ReadLines(Locks, FileRole.KernelText))
            {
                // `1: FLOCK  ADVISORY  WRITE 4711 08:01:131090 0 EOF`
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length > 5 && words[1] == "FLOCK" && words[5] == file
                    && int.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process > 0)
                {
                    return process;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is only said if it is known.
        }

        return null;
    }
}
