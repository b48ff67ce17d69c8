using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>What a kernel's configuration says.</summary>
/// <param name="IsForClang">Whether it was made for clang.</param>
/// <param name="HasModules">Whether the kernel has loadable modules.</param>
internal sealed record KernelConfiguration(bool IsForClang, bool HasModules)
{
    /// <summary>Reads it; null when it is not there or cannot be read.</summary>
    /// <param name="path">Absolute path of <c>.config</c>, or of <c>include/config/auto.conf</c>, which kconfig derives from it.</param>
    public static KernelConfiguration? TryRead(string path)
    {
        var (clang, modules) = (false, false);
        try
        {
            foreach (var line in InputFile.ReadLines(path, FileRole.BuildText))
            {
                clang |= line == "CONFIG_CC_IS_CLANG=y";
                modules |= line == "CONFIG_MODULES=y";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return new KernelConfiguration(clang, modules);
    }
}
