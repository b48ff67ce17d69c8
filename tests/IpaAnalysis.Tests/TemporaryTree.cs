using System.Diagnostics;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Tests;

/// <summary>A directory of its own for one test, removed with it.</summary>
internal sealed class TemporaryTree(string prefix = "ipa tree ü ") : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string Write(string relative, string content = "")
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Empty files.</summary>
    public void Touch(params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            Write(file);
        }
    }

    public CollectedTree Collect(string relative = "", TreeOptions? options = null) =>
        TreeCollector.Collect((options ?? new TreeOptions { Directory = "" }) with { Directory = this[relative] }, CancellationToken.None);

    /// <summary>Whether a file with such a name is anywhere here.</summary>
    public bool HasFile(string pattern) =>
        Directory.EnumerateFiles(Path, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Any();

    /// <summary>Compiles one source with gcc.</summary>
    public void Compile(string source, string output, params string[] options)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[output])!);
        Run("", Tools.Require("gcc"), [.. options, "-c", source, "-o", output]);
    }

    /// <summary>Runs a program here and fails the test if it fails.</summary>
    public void Run(string relative, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = this[relative], RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var inherited in (string[])["MAKEFLAGS", "MAKELEVEL", "MFLAGS"])
        {
            start.Environment.Remove(inherited);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => $"{program} {string.Join(' ', arguments)}\n{output.Result}\n{error}");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
