using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>
/// The compiles that libtool makes of one command (libtool manual, "Compile mode"): position-independent code goes to <c>.libs/NAME.o</c>,
/// other code to <c>NAME.o</c>, and <c>NAME.lo</c> is a text that names both.
/// </summary>
internal static class LibtoolCommand
{
    private const string Object = ".lo";

    /// <summary>Options of libtool's own, which the compiler does not get.</summary>
    private static readonly string[] s_own = ["-shared", "-static", "-prefer-pic", "-prefer-non-pic", "-no-suppress"];

    /// <summary>Whether libtool is asked to compile.</summary>
    public static bool Is(CompileCommand command) =>
        command.Kind == CommandKind.CCompile
        && command.Wrapper.Any(static w => IsLibtool(UnixPath.NameOf(w)))
        && command.ObjectFile.EndsWith(Object, StringComparison.Ordinal)
        && !command.Wrapper.Any(static w => w.StartsWith("--mode=", StringComparison.Ordinal) && w != "--mode=compile");

    /// <summary>The compiles, each of which need not have been made: that depends on how libtool was configured.</summary>
    public static IEnumerable<CompileCommand> CompilesOf(CompileCommand command)
    {
        var words = Words(command.Words);
        var stem = UnixPath.StemOf(UnixPath.NameOf(command.ObjectFile)) + ".o";
        var directory = UnixPath.DirectoryOf(command.ObjectFile);
        if (!command.Words.Contains("-static"))
        {
            // GCC's pic_flag in libtool.m4 on GNU/Linux; it stands behind all other options.
            yield return Compile(command, words.AddRange("-fPIC", "-DPIC"), $"{directory}/.libs/{stem}");
        }

        if (!command.Words.Contains("-shared"))
        {
            yield return Compile(command, command.Words.Contains("-prefer-pic") ? words.AddRange("-fPIC", "-DPIC") : words, $"{directory}/{stem}");
        }
    }

    private static bool IsLibtool(string name) => name == "libtool" || name.EndsWith("-libtool", StringComparison.Ordinal);

    private static CompileCommand Compile(CompileCommand command, ImmutableArray<string> words, string path) =>
        command with { Words = words, Output = path, ObjectFile = path };

    /// <summary>What the compiler gets.</summary>
    private static ImmutableArray<string> Words(ImmutableArray<string> words)
    {
        var given = ImmutableArray.CreateBuilder<string>(words.Length + 2);
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith("-Wc,", StringComparison.Ordinal))
            {
                given.AddRange(words[i].Split(',').Skip(1));
            }
            else if (words[i] == "-Xcompiler" && i + 1 < words.Length)
            {
                given.Add(words[++i]);
            }
            else if (!s_own.Contains(words[i]))
            {
                given.Add(words[i]);
            }
        }

        return given.ToImmutable();
    }
}
