using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Options;

/// <summary>One object of a tree, whose recorded command holds a word that is tried.</summary>
internal sealed class OptionUnit
{
    // To name the pass of a dependant takes ten compiles more, with the same words: that is tried with some of the units.
    private const int WithDependant = 8;

    private readonly Site _site;
    private readonly string _compiler;
    private readonly int _number;

    /// <summary>Writes source and traps, and compiles with the word, or without it where the compiler makes no object with it.</summary>
    /// <param name="site">The case's directories.</param>
    /// <param name="cache">A directory for what is made once.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="number">The unit's number in the tree.</param>
    /// <param name="word">The word.</param>
    public OptionUnit(Site site, string cache, string compiler, int number, OptionWord word)
    {
        (_site, _compiler, _number, Word) = (site, compiler, number, word);
        var traps = Path.Combine(site.Tree, "traps", Name);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["plugin"] = Path.Combine(traps, "plugin.so"),
            ["specs"] = Path.Combine(traps, "specs"),
            ["script"] = Path.Combine(traps, "script"),
            ["bin"] = Path.Combine(traps, "bin"),
            ["response"] = Path.Combine(traps, "response"),
            ["directory"] = traps,
            ["source"] = Path.Combine(traps, "more.c"),
            ["object"] = Path.Combine(traps, "more.o"),
            ["out"] = Path.Combine(site.Outside, Name, "out"),
        };
        Arguments = word.With(values);
        site.Write($"{Name}.c", number % WithDependant == 0 ? $$"""
            static __attribute__((noinline)) int {{Function}}(int x) { return x * 3 + 1; }
            int {{Dependant}}(int x, int y) { return {{Function}}(x) + y; }

            """ : $"int {Function}(int x) {{ return x * 3 + 1; }}\n");
        SetTraps(cache, values);
        WithWord = Compile(Arguments);
        if (!WithWord && !Compile([]))
        {
            throw new InvalidOperationException($"{compiler} does not compile {Name}.c");
        }

        // What acted now, acted for whoever compiled the tree.
        SetTraps(cache, values);
    }

    /// <summary>What is tried.</summary>
    public OptionWord Word { get; }

    /// <summary>The word, filled in.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Whether the object was compiled with the word.</summary>
    public bool WithWord { get; }

    /// <summary>The patched function.</summary>
    public string Function => Site.Numbered("f_", _number);

    private string Dependant => Site.Numbered("user_", _number);

    /// <summary>Whether the object has code of the patched function.</summary>
    public bool HasFunction => Compiler.Run("nm", [$"{Name}.o"], _site.Tree).Output.Contains(" " + Function, StringComparison.Ordinal);

    /// <summary>The source's name without its ending.</summary>
    public string Name => Site.Numbered("u", _number);

    /// <summary>The recorded command.</summary>
    public IReadOnlyList<string> Command => CommandWith(Arguments);

    /// <summary>Whether a path can only have been touched because of this unit.</summary>
    public bool Owns(string path) =>
        path.StartsWith(Path.Combine(_site.Tree, "traps", Name) + "/", StringComparison.Ordinal)
        || path == Path.Combine(_site.Tree, "traps", Name)
        || path.StartsWith(Path.Combine(_site.Outside, Name), StringComparison.Ordinal) && !char.IsAsciiDigit(path.AsSpan(Path.Combine(_site.Outside, Name).Length) is [var next, ..] ? next : '/')
        || path.StartsWith(Path.Combine(_site.Tree, Name) + ".", StringComparison.Ordinal);

    private List<string> CommandWith(IReadOnlyList<string> words) =>
        [_compiler, .. Compiler.Flags, "-DKBUILD_BASENAME=\"" + Name + "\"", .. words, "-c", $"{Name}.c", "-o", $"{Name}.o"];

    private bool Compile(IReadOnlyList<string> words)
    {
        var path = Path.Combine(_site.Tree, $"{Name}.o");
        var run = Compiler.Run(_compiler, CommandWith(words).Skip(1), _site.Tree);
        return run.ExitCode == 0 && File.Exists(path);
    }

    private static void Empty(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        Directory.CreateDirectory(directory);
    }

    private void SetTraps(string cache, Dictionary<string, string> values)
    {
        Empty(values["directory"]);
        Empty(Path.GetDirectoryName(values["out"])!);
        if (Arguments.Any(a => a.Contains(values["directory"], StringComparison.Ordinal)))
        {
            Trap.Plugin(values["plugin"], cache);
            Trap.Program(values["script"], "exec \"$@\"");
            Trap.Toolchain(values["bin"]);
            File.WriteAllText(values["specs"], $"*cc1:\n+ -fplugin={values["plugin"]}\n\n");
            File.WriteAllText(values["response"], $"-fplugin={values["plugin"]}\n");
            File.WriteAllText(values["source"], "extern int more;\n");
            File.WriteAllText(values["object"], "");
        }
    }
}
