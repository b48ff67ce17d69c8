using System.Diagnostics;
using System.Text.Json;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Recompile;
using IpaAnalysis.Tests;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests.DirtyWorld;

/// <summary>A directory with sources, and a build in it that may go wrong.</summary>
internal sealed class World : IDisposable
{
    private readonly TaskDirectory _directory = new();
    private readonly List<(string Directory, string File, string[] Words)> _commands = [];

    /// <summary>Sources that the package compiles itself, relative.</summary>
    public string[] Sources { get; set; } = [];

    /// <summary>What they are compiled with.</summary>
    public string Flags { get; set; } = "-O2";

    /// <summary>Whether the directory <c>tree</c> is given as a tree.</summary>
    public bool HasTree { get; set; }

    /// <summary>Whether the tree's sources are named, and where: <c>SourceDir</c>.</summary>
    public string SourceDirectory { get; set; } = "";

    /// <summary>The directory of a module; empty for none.</summary>
    public string Module { get; set; } = "";

    /// <summary>An absolute path.</summary>
    public string this[string path] => _directory.At(path);

    public Dictionary<string, string> Environment => _directory.Environment;

    public void Write(string path, string text) => _directory.Write(path, text);

    public void Delete(string path) => File.Delete(this[path]);

    /// <summary>Replaces a text in a file, which must be there.</summary>
    public void Edit(string path, string from, string to)
    {
        var text = File.ReadAllText(this[path]);
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(this[path], text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Compiles in the tree as the package asks for, and remembers the command.</summary>
    /// <param name="source">The source, relative to the tree.</param>
    /// <param name="output">The object, relative to the tree.</param>
    /// <param name="flags">Further options.</param>
    public void Gcc(string source, string output, params string[] flags) => Compile(source, output, ["-fdump-ipa-clones", "-fcallgraph-info", .. flags]);

    /// <summary>Compiles in the tree, and remembers the command.</summary>
    public void Compile(string source, string output, params string[] flags)
    {
        HasTree = true;
        string[] words = ["-O2", .. flags, "-c", source, "-o", output];
        Directory.CreateDirectory(Path.GetDirectoryName(this[$"tree/{output}"])!);
        Run("tree", "gcc", words);
        _commands.Add((this["tree"], source, ["gcc", .. words]));
    }

    /// <summary>Writes what was remembered of the commands, of those whose object passes.</summary>
    public void Record(Func<string, bool>? select = null) => Write(
        "tree/compile_commands.json",
        JsonSerializer.Serialize(_commands.Where(c => select?.Invoke(c.Words[^1]) ?? true).Select(c => new { directory = c.Directory, file = c.File, arguments = c.Words, output = c.Words[^1] })));

    /// <summary>Runs a program in a directory; it must succeed.</summary>
    public void Run(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tools.Require(program), arguments) { WorkingDirectory = this[directory], RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => $"{program} {string.Join(' ', arguments)}\n{error}");
    }

    /// <summary>Forgets all that earlier builds left.</summary>
    public void Forget()
    {
        foreach (var left in (string[])["obj", "bin"])
        {
            if (Directory.Exists(this[left]))
            {
                Directory.Delete(this[left], recursive: true);
            }
        }
    }

    /// <summary>Builds as the targets do, and reads the manifest.</summary>
    public WorldAnswer Ask(string function)
    {
        var told = new List<string>();
        _directory.Write(TaskDirectory.Manifest, "");
        _directory.Write("obj/ipa/outputs.list", File.Exists(this["obj/ipa/outputs.list"]) ? File.ReadAllText(this["obj/ipa/outputs.list"]) : "");
        File.Delete(this[TaskDirectory.Manifest]);
        var collect = TaskDirectory.Collect();
        if (Sources.Length > 0)
        {
            var compile = TaskDirectory.Compile(Sources);
            compile.CompilerFlags = Flags;
            MustRun(compile, told);
            collect.CompiledSources = compile.CompiledSources;
        }

        if (Module.Length > 0)
        {
            var item = new TaskItem(Module);
            item.SetMetadata("KernelBuildDir", Tools.RequireKernelHeaders());
            var build = new IpaBuildKernelModules { Modules = [item], Make = "make", Jobs = 2, StateDirectory = "obj/ipa/modules/" };
            MustRun(build, told);
            collect.Modules = build.BuiltModules;
        }

        if (HasTree)
        {
            var tree = new TaskItem("tree");
            tree.SetMetadata("SourceDir", SourceDirectory);
            collect.ObjectTrees = [tree];
        }

        MustRun(collect, told);
        var analyze = TaskDirectory.Analyze(new TaskItem(function));
        analyze.Policy = "none";
        analyze.ExactImpact = "true";
        told.AddRange(_directory.Run(analyze).Log.Coded);
        return WorldAnswer.Read(_directory.Exists(TaskDirectory.Manifest) ? File.ReadAllText(this[TaskDirectory.Manifest]) : null, told);
    }

    public void Dispose() => _directory.Dispose();

    private void MustRun(IpaTask task, List<string> told)
    {
        var (succeeded, log) = _directory.Run(task);
        told.AddRange(log.Coded);
        Assert.That(succeeded, string.Join('\n', told));
    }
}
