using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines;

/// <summary>Reads the words of one GCC command line into the facts that collecting needs.</summary>
internal struct CommandLineParser
{
    /// <summary>Options whose argument is the next word (GCC manual, "Option Summary").</summary>
    private static readonly FrozenSet<string> TakesArgument = FrozenSet.Create(
        StringComparer.Ordinal,
        "-D", "-U", "-I", "-L", "-l", "-A", "-B", "-F", "-T", "-u", "-z", "-e", "-m", "-b",
        "-include", "-imacros", "-isystem", "-iquote", "-idirafter", "-iprefix", "-iwithprefix", "-iwithprefixbefore",
        "-isysroot", "-imultilib", "-MF", "-MT", "-MQ", "-Xpreprocessor", "-Xassembler", "-Xlinker", "-aux-info",
        "--param", "-dumpbase-ext", "-wrapper", "-specs", "-arch", "--sysroot", "-target", "-soname", "-rpath");

    /// <summary>Whether an option has its argument in the next word.</summary>
    public static bool TakesNext(string word) =>
        TakesArgument.Contains(word) || word is "-o" or "--output" or "-x" or "--language" or "-dumpdir" or "-dumpbase";

    private bool _compiles;
    private bool _toAssembly;
    private bool _preprocesses;
    private string? _language;
    private string? _firstInput;
    private string? _cInput;
    private string? _assemblerInput;
    private RecordedCommand _command;

    /// <summary>Whether <c>-D__KERNEL__</c> or kbuild's <c>-DKBUILD_BASENAME</c> is there: kbuild gives them to the target's C only.</summary>
    public bool IsForTarget { get; private set; }

    /// <summary>Reads <paramref name="words"/>, wrappers included.</summary>
    public RecordedCommand Parse(ImmutableArray<string> words)
    {
        var start = CompilerNames.WrapperLength(words.AsSpan());
        _command = new RecordedCommand { Wrapper = words[..start], Words = words[start..] };
        words = _command.Words;
        var isTool = words.Length > 0 && CompilerNames.IsBinaryTool(words[0]);
        for (var i = 1; i < words.Length; i++)
        {
            i += Read(words[i], i + 1 < words.Length ? words[i + 1] : null);
        }

        return _command with { Kind = isTool ? CommandKind.Link : Kind(), Source = _cInput ?? _assemblerInput ?? _firstInput };
    }

    private readonly CommandKind Kind()
    {
        // "sh -c '… a.c'" only looks like a compile.
        if (_preprocesses || UnixPath.NameOf(_command.Compiler) is "sh" or "bash" or "dash")
        {
            return CommandKind.Other;
        }

        if (_cInput is not null)
        {
            return _toAssembly ? CommandKind.AssemblyOnly : _compiles ? CommandKind.CCompile : CommandKind.Other;
        }

        if (_assemblerInput is not null)
        {
            return _compiles ? CommandKind.Assembler : CommandKind.Other;
        }

        return !_compiles && !_toAssembly && _command.Output is not null && _firstInput is { } input && UnixPath.ExtensionOf(input) is ".o" or ".a" ? CommandKind.Link : CommandKind.Other;
    }

    /// <summary>Reads one word; the result is 1 when it took the next one too.</summary>
    private int Read(string word, string? next)
    {
        if (word.Length < 2 || word[0] != '-')
        {
            ReadInput(word);
            return 0;
        }

        switch (word)
        {
            case "-c" or "--compile":
                _compiles = true;
                return 0;
            case "-S" or "--assemble":
                _toAssembly = true;
                return 0;
            case "-E" or "--preprocess":
                _preprocesses = true;
                return 0;
            case "-o" or "--output":
                _command = _command with { Output = next };
                return 1;
            case "-x" or "--language":
                _language = next;
                return 1;
            case "-dumpdir":
                _command = _command with { DumpDirectory = next };
                return 1;
            case "-dumpbase":
                _command = _command with { DumpBase = next };
                return 1;
            case "-D" or "-U":
                ReadMacro(next ?? "");
                return 1;
        }

        if (TakesArgument.Contains(word))
        {
            return 1;
        }

        ReadJoined(word);
        return 0;
    }

    private void ReadInput(string word)
    {
        if (word.StartsWith('@'))
        {
            _command = _command with { HasResponseFile = true };
            return;
        }

        _firstInput ??= word;
        switch (_language ?? UnixPath.ExtensionOf(word))
        {
            case ".c" or ".i" or "c" or "cpp-output":
                _cInput ??= word;
                break;
            case ".S" or ".s" or ".sx" or "assembler" or "assembler-with-cpp":
                _assemblerInput ??= word;
                break;
        }
    }

    private void ReadJoined(string word)
    {
        if (word.StartsWith("-D", StringComparison.Ordinal))
        {
            ReadMacro(word.AsSpan(2));
        }
        else if (word.StartsWith("-o", StringComparison.Ordinal))
        {
            _command = _command with { Output = word[2..] };
        }
        else if (word.StartsWith("-x", StringComparison.Ordinal))
        {
            _language = word[2..] is "none" ? null : word[2..];
        }
        else if (word.StartsWith("-f", StringComparison.Ordinal))
        {
            ReadFeature(word);
        }
    }

    private void ReadMacro(ReadOnlySpan<char> definition)
    {
        var equals = definition.IndexOf('=');
        IsForTarget |= (equals < 0 ? definition : definition[..equals]) is "__KERNEL__" or "KBUILD_BASENAME";
    }

    private void ReadFeature(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (name is "-flto" or "-fno-lto")
        {
            _command = _command with { IsLto = name is "-flto" };
        }
        else if (name is "-fcallgraph-info")
        {
            _command = _command with { CallGraphInfo = true };
        }
        else if (IsDump(name, "-fdump-ipa-clones"))
        {
            _command = _command with { DumpsClones = true, CloneDumpFile = equals < 0 ? _command.CloneDumpFile : word[(equals + 1)..] };
        }
        else if (IsDump(name, "-fdump-ipa-all"))
        {
            _command = _command with { DumpsClones = true };
        }
    }

    /// <summary>Whether <paramref name="name"/> is the dump option, perhaps with modifiers (<c>-fdump-ipa-clones-details</c>).</summary>
    private static bool IsDump(string name, string option) =>
        name.StartsWith(option, StringComparison.Ordinal) && (name.Length == option.Length || name[option.Length] == '-');
}
