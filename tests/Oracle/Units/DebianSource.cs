using System.Collections.Immutable;

namespace IpaAnalysis.Oracle.Units;

/// <summary>A Debian source package of portable C that compiles without being configured.</summary>
/// <param name="Package">Its name; the unpacked directory is NAME-VERSION, in any case of letters.</param>
/// <param name="Directory">Where the sources are in it.</param>
/// <param name="Flags">The flags, behind -O2.</param>
/// <param name="LeftOut">Files that are no part of it or hold others as a whole.</param>
internal sealed record DebianSource(string Package, string Directory, ImmutableArray<string> Flags, ImmutableArray<string> LeftOut)
{
    /// <summary>The packages that build/oracle.sh fetches: it takes the names from here.</summary>
    public static ImmutableArray<DebianSource> All { get; } =
    [
        new("bzip2", "", ["-D_FILE_OFFSET_BITS=64"], ["dlltest.c", "mk251.c", "spewG.c", "unzcrash.c"]),
        new("cjson", "", [], ["test.c"]),
        new("hiredis", "", [], ["test.c"]),
        new("lua5.4", "src", ["-std=gnu99", "-DLUA_USE_POSIX"], []),
        new("lz4", "lib", [], []),
        new("mujs", "", ["-std=c99"], ["one.c"]),
        new("zlib", "", ["-DHAVE_UNISTD_H"], []),
    ];

    /// <summary>The units of what is unpacked under a directory.</summary>
    public static IEnumerable<SourceUnit> Units(string root) =>
        All.SelectMany(s => s.UnitsOf(root)).OrderBy(u => u.CodeBase, StringComparer.Ordinal).ThenBy(u => u.Name, StringComparer.Ordinal);

    private IEnumerable<SourceUnit> UnitsOf(string root)
    {
        // lua5.4 unpacks into lua-5.4.4.
        var stem = Package.TrimEnd('.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var directories = System.IO.Directory.EnumerateDirectories(root)
            .Where(d => Path.GetFileName(d) is var name
                && (name.StartsWith(Package + "-", StringComparison.OrdinalIgnoreCase) || name.StartsWith(stem + "-", StringComparison.OrdinalIgnoreCase)));
        foreach (var directory in directories.Order(StringComparer.Ordinal).Take(1).Select(d => Path.Combine(d, Directory)))
        {
            foreach (var file in System.IO.Directory.EnumerateFiles(directory, "*.c").Select(f => Path.GetFileName(f)).Except(LeftOut, StringComparer.Ordinal))
            {
                yield return new SourceUnit(Package, file, directory, "gcc", ["-O2", .. Flags], file);
            }
        }
    }
}
