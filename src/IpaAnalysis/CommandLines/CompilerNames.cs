using System.Buffers;
using System.Collections.Frozen;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.CommandLines;

/// <summary>Tells compilers, binary tools and wrappers by the names of their programs.</summary>
internal static class CompilerNames
{
    private static readonly FrozenSet<string> Wrappers =
        FrozenSet.Create(StringComparer.Ordinal, "ccache", "sccache", "buildcache", "distcc", "icecc", "gomacc", "env", "nice", "time");

    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> VariableCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly string[] Compilers = ["gcc", "cc", "clang", "g++", "c++"];

    private static readonly string[] BinaryTools = ["ld", "ar", "objcopy", "strip", "ranlib", "ld.bfd", "ld.lld", "ld.gold"];

    /// <summary>The number of words before the program that does the work: launchers and wrappers, and what they are given.</summary>
    public static int WrapperLength(ReadOnlySpan<string> words)
    {
        var first = FirstCompiler(words);
        if (first >= 0)
        {
            return LastCompiler(words, first);
        }

        var start = 0;
        while (start + 1 < words.Length && (IsAssignment(words[start]) || IsWrapper(words[start], words[start + 1])))
        {
            start++;
        }

        return start;
    }

    /// <summary>The first word that is named as a compiler, whatever launches it; -1 when there is none before what is compiled.</summary>
    private static int FirstCompiler(ReadOnlySpan<string> words)
    {
        if (words.IsEmpty || IsBinaryTool(words[0]))
        {
            return -1;
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (IsCompilerWord(words[i]))
            {
                return i;
            }

            // What is compiled comes behind the compiler.
            if (IsCompiled(words[i]))
            {
                break;
            }
        }

        return -1;
    }

    /// <summary>
    /// The compiler that a wrapper runs whose name is one of a compiler too (<c>kpatch-cc gcc</c>): GCC would take the second name for an
    /// input, and no input that is compiled is called so. Nothing has to be run to see it.
    /// </summary>
    private static int LastCompiler(ReadOnlySpan<string> words, int first)
    {
        var last = first;
        var reader = new OptionReader(words[(first + 1)..]);
        while (reader.MoveNext())
        {
            // With a language given, any name is an input of it.
            if (reader.Current.Kind == ArgumentKind.Option && reader.Current.Name == "-x")
            {
                break;
            }

            if (reader.Current.Kind != ArgumentKind.Input)
            {
                continue;
            }

            if (IsCompiled(reader.Word))
            {
                break;
            }

            last = IsCompilerWord(reader.Word) ? first + 1 + reader.Current.Index : last;
        }

        return last;
    }

    private static bool IsCompiled(string word) => UnixPath.ExtensionOf(word) is ".c" or ".i" or ".S" or ".s" or ".o";

    private static bool IsCompilerWord(string word) => !word.StartsWith('-') && !IsAssignment(word) && IsCompiler(word);

    /// <summary>Whether a program only runs the one that it is given, or a compiler that it is named after (<c>/usr/lib/ccache/gcc</c>).</summary>
    public static bool IsLauncher(string program) => Wrappers.Contains(BaseName(program).ToString());

    /// <summary>Whether the program links or rewrites objects.</summary>
    public static bool IsBinaryTool(string program) => Matches(program, BinaryTools);

    private static bool IsWrapper(string word, string next) =>
        !next.StartsWith('-')
        && (Wrappers.Contains(BaseName(word).ToString()) || (IsCompiler(next) && !IsCompiler(word) && !word.StartsWith('-')));

    /// <summary>Whether the program is called as C and C++ compilers are, with a target before the name or a version after it.</summary>
    public static bool IsCompiler(string program) => Matches(program, Compilers);

    /// <summary>Whether the program is one of the names, with a target before it (<c>s390x-linux-gnu-gcc</c>) or a version after it (<c>gcc-12</c>).</summary>
    private static bool Matches(string program, string[] names)
    {
        var name = BaseName(program);
        var version = name.LastIndexOf('-');
        if (version > 0 && version + 1 < name.Length && name[(version + 1)..].IndexOfAnyExcept(VersionCharacters) < 0)
        {
            name = name[..version];
        }

        foreach (var known in names)
        {
            if (name.EndsWith(known, StringComparison.Ordinal) && (name.Length == known.Length || name[^(known.Length + 1)] == '-'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            && !char.IsAsciiDigit(word[0])
            && word.AsSpan(0, equals).IndexOfAnyExcept(VariableCharacters) < 0;
    }

    private static ReadOnlySpan<char> BaseName(string path) => path.AsSpan(path.LastIndexOf('/') + 1);
}
