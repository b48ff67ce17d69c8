using System.Diagnostics;
using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>A directory of its own in which a test compiles objects.</summary>
internal sealed class ObjectLab : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ipa-elf-");

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Runs a tool here; a failure is the test's.</summary>
    public string Run(string tool, params string[] arguments)
    {
        var (exitCode, output, error) = TryRun(tool, arguments);
        Assert.That(exitCode, Is.Zero, $"{tool} {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    public (int ExitCode, string Output, string Error) TryRun(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tools.Require(tool), arguments)
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Compiles C to an object; <paramref name="compiler"/> may hold flags after blanks.</summary>
    public string Compile(string compiler, string source, params string[] flags)
    {
        var words = compiler.Split(' ');
        var input = Write("unit.c", source);
        var output = PathOf("unit.o");
        Run(words[0], [.. words[1..], "-O2", .. flags, "-c", input, "-o", output]);
        return output;
    }

    /// <summary>Reads an object that must be without fault.</summary>
    public static ElfObject Read(string path) => Read(path, static (_, elf) => elf);

    /// <summary>Reads an object that must be without fault and looks closer at it.</summary>
    public static T Read<T>(string path, Func<ByteSource, ElfObject, T> then)
    {
        var diagnostics = new DiagnosticBag();
        using var source = ByteSource.Open(path, diagnostics);
        Assert.That(source, Is.Not.Null);
        var elf = ElfObject.Read(source, path, diagnostics);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(elf, Is.Not.Null);
        return then(source, elf);
    }

    public static string NameOf(ElfObject elf, int index) => Encoding.UTF8.GetString(elf.NameOf(elf.Functions[index]));

    /// <summary>What is said of each function whose name the predicate chooses.</summary>
    public static SortedDictionary<string, AddressUse> Uses(string path, Predicate<string> choose) => Read(path, (source, elf) =>
    {
        var diagnostics = new DiagnosticBag();
        var chosen = Enumerable.Range(0, elf.Functions.Length).Where(i => choose(NameOf(elf, i))).ToArray();
        var uses = ElfAddressReferences.Find(source, elf, chosen, path, diagnostics);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(uses, Has.Length.EqualTo(chosen.Length));
        return new SortedDictionary<string, AddressUse>(
            chosen.Select((index, i) => (Name: NameOf(elf, index), Use: uses[i])).ToDictionary(static p => p.Name, static p => p.Use),
            StringComparer.Ordinal);
    });

    public void Dispose() => _directory.Delete(true);
}
