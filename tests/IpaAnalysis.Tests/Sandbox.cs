using System.Text;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests;

/// <summary>A temporary directory with sources, and the environment that tools run in.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("ipa-toolchain-").FullName;

    public Sandbox(string name = "plain") => Root = Directory.CreateDirectory(Path.Combine(_top, name)).FullName;

    public string Root { get; }

    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
        ["HOME"] = "/nonexistent",
    };

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Write(string name, string content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return path;
    }

    public string Script(string name, string body) => WriteProgram(name, "#!/bin/sh\n" + body);

    public string WriteProgram(string name, string content)
    {
        var path = PathOf(name);
        Tools.WriteProgram(path, content);
        return path;
    }

    public SourceCompileOptions Options(string compiler, params SourceToCompile[] sources) => new()
    {
        Compiler = compiler,
        CommonFlags = "-O2 -Wall",
        Sources = sources,
        SourceRoot = Root,
        WorkingDirectory = Root,
        OutputDirectory = PathOf("obj/ipa"),
        Jobs = 2,
        Environment = Environment,
    };

    public SourceCompileResult Compile(params string[] sources) =>
        SourceCompiler.Compile(Options(Tools.Require("gcc"), [.. sources.Select(static s => new SourceToCompile(s))]), CancellationToken.None);

    /// <summary>Every file below a directory with its time stamp: what a build that does nothing must leave alone.</summary>
    public Dictionary<string, (DateTime, long)> Snapshot(string directory = "") =>
        Directory.EnumerateFiles(PathOf(directory), "*", SearchOption.AllDirectories)
            .ToDictionary(static path => path, static path => (File.GetLastWriteTimeUtc(path), new FileInfo(path).Length));

    public string Show(Diagnostic diagnostic)
    {
        var file = diagnostic.File is null ? "" : Path.GetRelativePath(Root, diagnostic.File);
        return $"{file}({diagnostic.Line},{diagnostic.Column}): {diagnostic.Code}: {diagnostic.Message}";
    }

    public string[] Show(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(Show)];

    public void Dispose() => Directory.Delete(_top, recursive: true);
}
