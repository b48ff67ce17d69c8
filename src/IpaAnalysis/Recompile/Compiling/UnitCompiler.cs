using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;
using IpaAnalysis.Recompile.Assembly.Reading;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Runs one unit's compiler on texts of that unit. Every run has a directory of its own, so that nothing meets in a file.</summary>
internal sealed class UnitCompiler(
    RecompileCommand command, IReadOnlyDictionary<string, string> environment, RunBounds bounds, string directory, ElfMachine machine, CompilePool pool)
{
    // The same in every run: the compiler may write the name into what it makes.
    private const string Text = "unit.i";
    private const string AssemblyName = "unit.s";
    private const string ObjectName = "unit.o";
    private const string Clones = "unit.clones";
    private const string Variables = "unit.variables";

    // A signal, a full disk or a lack of memory passes; what the compiler says of the text it says again.
    private const int MostAttempts = 2;

    private readonly ConcurrentDictionary<string, Lazy<Task<CompiledText>>> _known = new(StringComparer.Ordinal);
    private int _runs;

    /// <summary>The processor that the unit is for.</summary>
    public ElfMachine Machine => machine;

    /// <summary>The source after preprocessing, or the reason why there is none.</summary>
    public Task<(byte[]? Text, CompileFailure? Failure)> Preprocess() => pool.Run(() => Attempt(PreprocessIn));

    /// <summary>Compiles a text; the same text with the same flags once.</summary>
    /// <param name="text">A preprocessed text.</param>
    /// <param name="further">Flags to add to the unit's own.</param>
    public Task<CompiledText> Compile(byte[] text, params IReadOnlyList<string> further) =>
        _known.GetOrAdd(KeyOf(text, further), _ => new(() => pool.Run(() => CompileNow(text, further, assembles: false)))).Value;

    /// <summary>Compiles a text with the unit's own flags, and assembles it: the later <see cref="Compile"/> of the same is this one.</summary>
    /// <param name="text">A preprocessed text.</param>
    public Task<CompiledText> CompileWithObject(byte[] text) =>
        _known.GetOrAdd(KeyOf(text, []), _ => new(() => pool.Run(() => CompileNow(text, [], assembles: true)))).Value;

    /// <summary>Compiles and assembles a text once more, whatever is known of it.</summary>
    /// <param name="text">A preprocessed text.</param>
    public Task<CompiledText> CompileAgain(byte[] text) => pool.Run(() => CompileNow(text, [], assembles: true));

    private static string KeyOf(byte[] text, IReadOnlyList<string> further) => Convert.ToHexString(SHA256.HashData(text)) + string.Join(' ', further);

    private CompiledText CompileNow(byte[] text, IReadOnlyList<string> further, bool assembles)
    {
        var (result, failure) = Attempt(run => CompileIn(run, text, further, assembles));
        return result ?? new CompiledText { Failure = failure };
    }

    /// <summary>Does work in a directory of its own, and once more when it fails: only what fails twice in the same way says something of the text.</summary>
    private (T? Result, CompileFailure? Failure) Attempt<T>(Func<string, (T? Result, CompileFailure? Failure)> work)
        where T : class
    {
        CompileFailure? before = null;
        for (var attempt = 1; ; attempt++)
        {
            var (result, failure) = InDirectory(work);
            if (failure is not { MayPass: true } || attempt == MostAttempts)
            {
                return (result, before is null || failure is null ? failure : before.And(failure));
            }

            before = failure;
        }
    }

    private (T? Result, CompileFailure? Failure) InDirectory<T>(Func<string, (T? Result, CompileFailure? Failure)> work)
        where T : class
    {
        try
        {
            var run = Directory.CreateDirectory(Path.Combine(directory, Interlocked.Increment(ref _runs).ToString(CultureInfo.InvariantCulture))).FullName;
            try
            {
                return work(run);
            }
            finally
            {
                Directory.Delete(run, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, CompileFailure.Outside("what it reads or writes cannot be read or written; check the space and the permissions of the intermediate directory"));
        }
    }

    private (byte[]? Text, CompileFailure? Failure) PreprocessIn(string run)
    {
        if (command.IsPreprocessed)
        {
            try
            {
                return (InputFile.ReadAllBytes(Path.GetFullPath(command.Source, command.Directory), FileRole.Source), null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return (null, CompileFailure.Outside(FileProblem.Describe(e)));
            }
        }

        var text = Path.Combine(run, Text);
        return Run(run, command.Preprocess(text)) is { } failure ? (null, failure) : (InputFile.ReadAllBytes(text, FileRole.Source), null);
    }

    private (CompiledText? Result, CompileFailure? Failure) CompileIn(string run, byte[] text, IReadOnlyList<string> further, bool assembles)
    {
        var (input, output, assembled) = (Path.Combine(run, Text), Path.Combine(run, AssemblyName), Path.Combine(run, ObjectName));
        var (clones, variables) = (Path.Combine(run, Clones), Path.Combine(run, Variables));
        File.WriteAllBytes(input, text);
        string[] records = ["-fdump-ipa-clones=" + clones, "-fdump-ipa-whole-program=" + variables];
        if ((Run(run, command.Compile(input, [.. further, .. records], output)) ?? (assembles ? Run(run, command.Assemble(output, assembled)) : null)) is { } failure)
        {
            return (null, failure);
        }

        // GCC does not say when a dump could not be written, and goes on: what is missing must not count as nothing.
        var recorded = ReadIfThere(variables);
        if (!File.Exists(clones) || !VariableFlags.IsWhole(recorded))
        {
            return (null, CompileFailure.Outside("it did not write all that it records; check the space of the intermediate directory"));
        }

        var (readOnly, writeOnly) = VariableFlags.Read(recorded);
        return (new CompiledText
        {
            Object = assembles ? InputFile.ReadAllBytes(assembled, FileRole.Object) : null,
            Assembly = AssemblyReader.Read(InputFile.ReadAllBytes(output, FileRole.CompilerRecord), machine),
            Inlinings = Inlinings.Read(ReadIfThere(clones)),
            ReadOnlyVariables = readOnly,
            WriteOnlyVariables = writeOnly,
        }, null);
    }

    private static byte[] ReadIfThere(string path) => File.Exists(path) ? InputFile.ReadAllBytes(path, FileRole.CompilerRecord) : [];

    /// <summary>Runs the compiler; null when it succeeded.</summary>
    private CompileFailure? Run(string run, IReadOnlyList<string> arguments)
    {
        var result = ToolProcess.Run(
            new ToolRequest
            {
                Program = command.Compiler.Path,
                Arguments = arguments,
                WorkingDirectory = command.Directory,
                Environment = new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["TMPDIR"] = run },
                MaxLines = 200,
                Bounds = bounds,
            },
            pool.Cancellation);
        return result is { Interruption: null, ExitCode: 0 } ? null : CompileFailure.Of(result);
    }
}
