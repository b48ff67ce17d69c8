using System.Collections.Immutable;
using IpaAnalysis.CommandLines.Options;

namespace IpaAnalysis.CommandLines;

/// <summary>Reads the words of one GCC command line into the facts that collecting needs.</summary>
internal struct CommandLineParser
{
    /// <summary>Options of linkers and of clang that take the next word and that GCC does not know.</summary>
    private static readonly string[] s_othersWithNext = ["-m", "-b", "-arch", "-target", "-soname", "-rpath"];

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
        var reader = new OptionReader(words.AsSpan()[Math.Min(1, words.Length)..]);
        while (reader.MoveNext())
        {
            Read(ref reader);
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

    private void Read(ref OptionReader reader)
    {
        if (reader.ReadsMoreArguments)
        {
            _command = _command with { HasResponseFile = true };
        }

        switch (reader.Current.Kind)
        {
            case ArgumentKind.Input:
                ReadInput(reader.Word);
                break;
            case ArgumentKind.Unknown when s_othersWithNext.Contains(reader.Word):
                reader.Skip();
                break;
            case ArgumentKind.Option:
                ReadOption(reader);
                break;
        }
    }

    private void ReadOption(OptionReader reader)
    {
        switch (reader.Current.Name)
        {
            case "-c":
                _compiles = true;
                break;
            case "-S":
                _toAssembly = true;
                break;
            case "-E":
                _preprocesses = true;
                break;
            case "-o":
                _command = _command with { Output = ValueOf(reader) };
                break;
            case "-x":
                _language = reader.Value is "none" ? null : ValueOf(reader);
                break;
            case "-dumpdir":
                _command = _command with { DumpDirectory = ValueOf(reader) };
                break;
            case "-dumpbase":
                _command = _command with { DumpBase = ValueOf(reader) };
                break;
            case "-D":
                ReadMacro(reader.Value);
                break;
            case "-flto" or "-flto=":
                _command = _command with { IsLto = !reader.Current.IsNegated };
                break;
            case "-fcallgraph-info" or "-fcallgraph-info=":
                _command = _command with { CallGraphInfo = !reader.Current.IsNegated };
                break;
            case "-fdump-":
                ReadDump(reader.Value);
                break;
        }
    }

    private static string? ValueOf(OptionReader reader) => reader.Current.ValueIndex < 0 ? null : reader.Value.ToString();

    private void ReadInput(string word)
    {
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

    private void ReadMacro(ReadOnlySpan<char> definition)
    {
        var equals = definition.IndexOf('=');
        IsForTarget |= (equals < 0 ? definition : definition[..equals]) is "__KERNEL__" or "KBUILD_BASENAME";
    }

    /// <summary>Reads what stands behind <c>-fdump-</c>.</summary>
    private void ReadDump(ReadOnlySpan<char> dump)
    {
        var equals = dump.IndexOf('=');
        var name = equals < 0 ? dump : dump[..equals];
        if (IsDump(name, "ipa-clones"))
        {
            _command = _command with { DumpsClones = true, CloneDumpFile = equals < 0 ? _command.CloneDumpFile : dump[(equals + 1)..].ToString() };
        }
        else if (IsDump(name, "ipa-all"))
        {
            _command = _command with { DumpsClones = true };
        }
    }

    /// <summary>Whether <paramref name="name"/> is the dump, perhaps with modifiers (<c>ipa-clones-details</c>).</summary>
    private static bool IsDump(ReadOnlySpan<char> name, string dump) =>
        name.StartsWith(dump, StringComparison.Ordinal) && (name.Length == dump.Length || name[dump.Length] == '-');
}
