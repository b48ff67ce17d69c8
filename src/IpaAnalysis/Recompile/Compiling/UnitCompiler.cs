using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Toolchain;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Runs one unit's compiler on texts of that unit. Every run has a directory of its own, so that nothing meets in a file.</summary>
internal sealed class UnitCompiler(
    RecompileCommand command, IReadOnlyDictionary<string, string> environment, string directory, ElfMachine machine, CompilePool pool)
{
    // The same in every run: the compiler may write the name into what it makes.
    private const string Text = "unit.i";
    private const string AssemblyName = "unit.s";
    private const string ObjectName = "unit.o";
    private const string Clones = "unit.clones";
    private const string Variables = "unit.variables";

    private readonly ConcurrentDictionary<string, Lazy<Task<CompiledText>>> _known = new(StringComparer.Ordinal);
    private int _runs;

    /// <summary>The processor that the unit is for.</summary>
    public ElfMachine Machine => machine;

    /// <summary>The source after preprocessing, or the reason why there is none.</summary>
    public Task<(byte[]? Text, string? Failure)> Preprocess() => pool.Run<(byte[]?, string?)>(() =>
    {
        if (command.IsPreprocessed)
        {
            return (File.ReadAllBytes(Path.GetFullPath(command.Source, command.Directory)), null);
        }

        var run = NewRun();
        var text = Path.Combine(run, Text);
        var failure = Run(command.Preprocess(text));
        byte[]? content = failure is null ? File.ReadAllBytes(text) : null;
        Directory.Delete(run, recursive: true);
        return (content, failure);
    });

    /// <summary>Compiles a text; the same text with the same flags once.</summary>
    /// <param name="text">A preprocessed text.</param>
    /// <param name="further">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(byte[] text, params IReadOnlyList<string> further)
    {
        var key = Convert.ToHexString(SHA256.HashData(text)) + string.Join(' ', further);
        return _known.GetOrAdd(key, _ => new(() => pool.Run(() => CompileNow(text, further)))).Value;
    }

    /// <summary>Assembles what a text compiles to.</summary>
    /// <returns>The object's content, or the reason why there is none.</returns>
    public Task<(byte[]? Object, string? Failure)> Assemble(byte[] text) => pool.Run<(byte[]?, string?)>(() =>
    {
        var run = NewRun();
        var (input, assembly, output) = (Path.Combine(run, Text), Path.Combine(run, AssemblyName), Path.Combine(run, ObjectName));
        File.WriteAllBytes(input, text);
        var failure = Run(command.Compile(input, [], assembly)) ?? Run(command.Assemble(assembly, output));
        byte[]? content = failure is null ? File.ReadAllBytes(output) : null;
        Directory.Delete(run, recursive: true);
        return (content, failure);
    });

    private CompiledText CompileNow(byte[] text, IReadOnlyList<string> further)
    {
        var run = NewRun();
        var (input, output) = (Path.Combine(run, Text), Path.Combine(run, AssemblyName));
        var (clones, variables) = (Path.Combine(run, Clones), Path.Combine(run, Variables));
        File.WriteAllBytes(input, text);
        string[] records = ["-fdump-ipa-clones=" + clones, "-fdump-ipa-whole-program=" + variables];
        if (Run(command.Compile(input, [.. further, .. records], output)) is { } failure)
        {
            Directory.Delete(run, recursive: true);
            return new CompiledText { Failure = failure };
        }

        var (readOnly, writeOnly) = VariableFlags.Read(ReadIfThere(variables));
        var result = new CompiledText
        {
            Assembly = AssemblyReader.Read(File.ReadAllBytes(output), machine),
            Inlinings = Inlinings.Read(ReadIfThere(clones)),
            ReadOnlyVariables = readOnly,
            WriteOnlyVariables = writeOnly,
        };
        Directory.Delete(run, recursive: true);
        return result;
    }

    private string NewRun() =>
        Directory.CreateDirectory(Path.Combine(directory, Interlocked.Increment(ref _runs).ToString(CultureInfo.InvariantCulture))).FullName;

    private static byte[] ReadIfThere(string path) => File.Exists(path) ? File.ReadAllBytes(path) : [];

    /// <summary>Runs the compiler; null when it succeeded, else its first error.</summary>
    private string? Run(IReadOnlyList<string> arguments)
    {
        var result = ToolProcess.Run(
            new ToolRequest
            {
                Program = command.Compiler.Path,
                Arguments = arguments,
                WorkingDirectory = command.Directory,
                Environment = environment,
                MaxLines = 200,
            },
            pool.Cancellation);
        return result.StartError ?? (result.ExitCode == 0 ? null : GccLine.FirstError(result.Errors));
    }
}
