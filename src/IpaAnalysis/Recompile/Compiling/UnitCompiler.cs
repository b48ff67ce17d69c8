using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Files;
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
            try
            {
                return (InputFile.ReadAllBytes(Path.GetFullPath(command.Source, command.Directory), FileRole.Source), null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return (null, FileProblem.Describe(e));
            }
        }

        var run = NewRun();
        var text = Path.Combine(run, Text);
        var failure = Run(command.Preprocess(text));
        byte[]? content = failure is null ? InputFile.ReadAllBytes(text, FileRole.Source) : null;
        Directory.Delete(run, recursive: true);
        return (content, failure);
    });

    /// <summary>Compiles a text; the same text with the same flags once.</summary>
    /// <param name="text">A preprocessed text.</param>
    /// <param name="further">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(byte[] text, params IReadOnlyList<string> further) =>
        _known.GetOrAdd(KeyOf(text, further), _ => new(() => pool.Run(() => CompileNow(text, further, assembles: false)))).Value;

    /// <summary>Compiles a text with the unit's own flags, and assembles it: the later <see cref="Compile"/> of the same is this one.</summary>
    /// <param name="text">A preprocessed text.</param>
    public Task<CompiledText> CompileWithObject(byte[] text) =>
        _known.GetOrAdd(KeyOf(text, []), _ => new(() => pool.Run(() => CompileNow(text, [], assembles: true)))).Value;

    private static string KeyOf(byte[] text, IReadOnlyList<string> further) => Convert.ToHexString(SHA256.HashData(text)) + string.Join(' ', further);

    private CompiledText CompileNow(byte[] text, IReadOnlyList<string> further, bool assembles)
    {
        var run = NewRun();
        var (input, output, assembled) = (Path.Combine(run, Text), Path.Combine(run, AssemblyName), Path.Combine(run, ObjectName));
        var (clones, variables) = (Path.Combine(run, Clones), Path.Combine(run, Variables));
        File.WriteAllBytes(input, text);
        string[] records = ["-fdump-ipa-clones=" + clones, "-fdump-ipa-whole-program=" + variables];
        if ((Run(command.Compile(input, [.. further, .. records], output)) ?? (assembles ? Run(command.Assemble(output, assembled)) : null)) is { } failure)
        {
            Directory.Delete(run, recursive: true);
            return new CompiledText { Failure = failure };
        }

        var (readOnly, writeOnly) = VariableFlags.Read(ReadIfThere(variables));
        var result = new CompiledText
        {
            Object = assembles ? InputFile.ReadAllBytes(assembled, FileRole.Object) : null,
            Assembly = AssemblyReader.Read(InputFile.ReadAllBytes(output, FileRole.CompilerRecord), machine),
            Inlinings = Inlinings.Read(ReadIfThere(clones)),
            ReadOnlyVariables = readOnly,
            WriteOnlyVariables = writeOnly,
        };
        Directory.Delete(run, recursive: true);
        return result;
    }

    private string NewRun() =>
        Directory.CreateDirectory(Path.Combine(directory, Interlocked.Increment(ref _runs).ToString(CultureInfo.InvariantCulture))).FullName;

    private static byte[] ReadIfThere(string path) => File.Exists(path) ? InputFile.ReadAllBytes(path, FileRole.CompilerRecord) : [];

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
