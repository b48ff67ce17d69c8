using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>Tells dumps of C that was compiled to assembly only, from which kbuild takes constants.</summary>
internal static class AssemblyOnly
{
    /// <summary>Whether the dump is of such a compile: its <c>.s</c> or record is there, or kbuild's name for it.</summary>
    public static bool Is(TreeListing tree, DirectoryListing directory, string dumpBase)
    {
        var stem = UnixPath.StemOf(dumpBase);
        return directory.AssemblyStems.Contains(stem)
            || (tree.IsKbuild ? IsKernelName(stem) : IsKernelPath(directory.RelativePathOf(dumpBase)));
    }

    /// <summary>See <c>Kbuild</c>, <c>scripts/mod/Makefile</c> and the Makefiles of some architectures; newer ones all end in <c>-offsets</c>.</summary>
    private static bool IsKernelName(string stem) =>
        stem is "bounds" or "hyp-constants" || stem.EndsWith("-offsets", StringComparison.Ordinal);

    /// <summary>Without kbuild's records the name alone may be anyone's.</summary>
    private static bool IsKernelPath(string path) =>
        path is "kernel/bounds.c" or "scripts/mod/devicetable-offsets.c"
        || (path.StartsWith("arch/", StringComparison.Ordinal) && path.EndsWith("/kernel/asm-offsets.c", StringComparison.Ordinal));
}
