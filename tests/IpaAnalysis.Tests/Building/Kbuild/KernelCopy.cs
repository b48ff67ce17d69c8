using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Tests.Building.Kbuild;

/// <summary>A kernel of one's own, made of the installed headers.</summary>
internal static class KernelCopy
{
    /// <summary>Copies the build directory of the installed headers, with its time stamps.</summary>
    public static void Write(string directory)
    {
        var headers = RealPath.Of(Tools.RequireKernelHeaders());
        foreach (var file in Directory.EnumerateFiles(headers, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(headers, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(file));
        }

        foreach (var link in (string[])["scripts", "tools"])
        {
            if (new DirectoryInfo(Path.Combine(headers, link)) is { LinkTarget: not null } linked)
            {
                Directory.CreateSymbolicLink(Path.Combine(directory, link), RealPath.Of(linked.FullName));
            }
        }
    }
}
