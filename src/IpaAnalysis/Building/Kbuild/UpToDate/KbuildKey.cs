using System.Text.RegularExpressions;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Building.Kbuild.UpToDate;

/// <summary>A hash of what make is asked for: its command line and what kbuild, gcc and the makefiles take from the environment.</summary>
internal static partial class KbuildKey
{
    /// <summary>Makes the key.</summary>
    /// <param name="make">Absolute path of make.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="variables">Variables that the makefiles ask for.</param>
    public static string Of(
        string make, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, IReadOnlyCollection<string> variables)
    {
        // How many jobs run at once changes nothing that is made.
        using var key = new KeyBuilder();
        key.Add(make).AddList([.. arguments.Where(static a => !Jobs().IsMatch(a))]);
        foreach (var (name, value) in environment.OrderBy(static v => v.Key, StringComparer.Ordinal))
        {
            if (variables.Contains(name) || Known().IsMatch(name))
            {
                key.Add(name, value);
            }
        }

        return key.ToText();
    }

    [GeneratedRegex("^-j[0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Jobs();

    /// <summary>Documentation/kbuild of the kernel; "Environment Variables Affecting GCC"; where programs are found.</summary>
    [GeneratedRegex(
        "^(PATH|ARCH|SUBARCH|SRCARCH|UTS_MACHINE|CROSS_COMPILE(32|_COMPAT)?|LLVM(_IAS)?|[WCVO]|CF|CHECK|CHECKFLAGS|PKG_CONFIG.*|LOCALVERSION|EXTRAVERSION"
        + "|(HOST)?(CC|CXX|LD|AR|AS|NM|STRIP|OBJCOPY|OBJDUMP|READELF|PAHOLE|AWK|BASH|PERL|PYTHON3?|RUSTC|LEX|YACC|BISON|FLEX)"
        + "|.*(FLAGS|FLAGS_MODULE|LDLIBS)|KBUILD_.*|KCONFIG_.*|CONFIG_.*|INSTALL_.*|DEPMOD|SOURCE_DATE_EPOCH"
        + "|GCC_.*|COMPILER_PATH|LIBRARY_PATH|CPATH|C_INCLUDE_PATH|DEPENDENCIES_OUTPUT|SUNPRO_DEPENDENCIES|CCACHE_.*|DISTCC_.*|LANG|LC_.*|LANGUAGE)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
