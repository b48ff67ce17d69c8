using System.Text;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>
/// Recognises the constructors and destructors that instrumentation makes to report a unit to its run-time library, such as
/// <c>_sub_I_00100_0</c> (gcc/ipa.cc, <c>cgraph_build_static_cdtor</c>): they are no functions of the source, and what they report
/// is the whole unit, with paths, checksums and numbers of the compile.
/// </summary>
internal static class ModuleConstructors
{
    private static readonly byte[][] s_prefixes =
        Bytes("_sub_I_", "_sub_D_", "_GLOBAL__I_", "_GLOBAL__D_", "_GLOBAL__sub_I_", "_GLOBAL__sub_D_");

    // What -fprofile-arcs and -fsanitize= call (GCC manual, "Instrumentation Options").
    private static readonly byte[][] s_runtimes = Bytes("__gcov_", "__asan_", "__hwasan_", "__tsan_", "__sanitizer_", "__ubsan_");

    /// <summary>Whether a symbol has a name of that form; a function of the source may have it, too.</summary>
    public static bool IsName(ReadOnlySpan<byte> symbol) => StartsWithAny(symbol, s_prefixes);

    /// <summary>Whether code goes to such a library and to no function of the unit.</summary>
    /// <param name="code">The normalised code.</param>
    /// <param name="functions">The functions of the unit, without numbers.</param>
    public static bool OnlyReports(ReadOnlySpan<byte> code, HashSet<ReadOnlyMemory<byte>> functions)
    {
        var known = functions.GetAlternateLookup<ReadOnlySpan<byte>>();
        var reports = false;
        for (var i = 0; i < code.Length;)
        {
            var word = code.Slice(i, OperandText.WordLength(code[i..]));
            if (known.Contains(word))
            {
                return false;
            }

            reports |= StartsWithAny(word, s_runtimes);
            i += Math.Max(1, word.Length);
        }

        return reports;
    }

    private static bool StartsWithAny(ReadOnlySpan<byte> word, byte[][] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (word.StartsWith(prefix))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Bytes(params string[] words) => [.. words.Select(Encoding.ASCII.GetBytes)];
}
