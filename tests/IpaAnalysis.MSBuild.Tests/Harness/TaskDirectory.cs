using System.Diagnostics;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Files;
using IpaAnalysis.Tests;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests.Harness;

/// <summary>A project's directory, and tasks that run in it as the targets call them: with relative paths.</summary>
internal sealed class TaskDirectory : IDisposable
{
    public const string OutputList = "obj/ipa/outputs.list";
    public const string Units = "obj/ipa/units.state";
    public const string Result = "obj/ipa/result.state";
    public const string Manifest = "bin/affected-functions.json";
    public const string Schema = "bin/affected-functions.schema.json";

    private readonly string _temporary = Directory.CreateTempSubdirectory("ipa-tasks-").FullName;

    public TaskDirectory(string name = "project")
    {
        Root = Path.Combine(_temporary, name);
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public string ProjectFile => At("test.csproj");

    /// <summary>The project's environment.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };

    public string At(string path) => Path.Combine(Root, path);

    public bool Exists(string path) => File.Exists(At(path));

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return At(path);
    }

    /// <summary>Every file, sorted.</summary>
    public string[] Files() =>
        [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    /// <summary>Every file and directory with size and time stamp: a file that was written and removed again changes its directory's.</summary>
    public string[] Snapshot() =>
    [
        .. new DirectoryInfo(Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(f => $"{Path.GetRelativePath(Root, f.FullName)} {f.LastWriteTimeUtc.Ticks} {(f as FileInfo)?.Length}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Compiles as some other build would, so that there is a tree to collect.</summary>
    public void Gcc(string source, string output)
    {
        var start = new ProcessStartInfo(Tools.Require("gcc"), ["-O2", "-fdump-ipa-clones", "-fcallgraph-info", "-c", source, "-o", output])
        {
            WorkingDirectory = Root,
        };
        Directory.CreateDirectory(Path.GetDirectoryName(At(output))!);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
    }

    /// <summary>Runs a task.</summary>
    public (bool Succeeded, MockEngine Log) Run(IpaTask task) => Run(task, new MockEngine());

    /// <summary>Runs a task of a build.</summary>
    public (bool Succeeded, MockEngine Log) Run(IpaTask task, MockEngine engine)
    {
        task.BuildEngine = engine;
        task.TaskEnvironment = TaskEnvironment.CreateWithProjectDirectoryAndEnvironment(Root, Environment);
        task.ProjectFile = ProjectFile;
        task.OutputList = task.OutputList.Length > 0 ? task.OutputList : OutputList;
        return (task.Execute(), engine);
    }

    /// <summary>Runs a task that must succeed without an error or warning.</summary>
    public T MustRun<T>(T task)
        where T : IpaTask
    {
        var (succeeded, log) = Run(task);
        Assert.That(log.Coded, Is.Empty);
        Assert.That(succeeded);
        return task;
    }

    public static IpaCompileSources Compile(params string[] sources) => new()
    {
        Sources = [.. sources.Select(s => new TaskItem(s))],
        Compiler = "gcc",
        CompilerFlags = "-O2",
        SourceRoot = "",
        Jobs = 2,
        OutputDirectory = "obj/ipa/objects/",
    };

    public static IpaCollectUnits Collect(params ITaskItem[] trees) => new() { SourceRoot = "", ObjectTrees = trees };

    public static IpaAnalyzeUnits Analyze(params ITaskItem[] functions) => new()
    {
        PatchedFunctions = functions,
        Policy = "inline-clone",
        Compiler = "gcc",
        ManifestFile = Manifest,
    };

    public static IpaCleanOutputs Clean() => new() { Make = "make" };

    public void Dispose() => Directory.Delete(_temporary, recursive: true);
}
