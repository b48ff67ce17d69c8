using System.Globalization;

namespace IpaAnalysis.Faults.Harness;

/// <summary>
/// The directories of a case: a tree that nobody trusts, and around it what a build could spoil. Only
/// <see cref="Intermediate"/> and what the harness itself needs may change while the tree is analysed.
/// </summary>
internal sealed class Site
{
    /// <summary>Makes the directories below an absolute one.</summary>
    public Site(string directory)
    {
        Root = directory;
        foreach (var path in (string[])[Tree, Home, Working, Outside, Temporary, Intermediate, Private])
        {
            Directory.CreateDirectory(path);
        }

        File.WriteAllText(Path.Combine(Home, ".profile"), "# decoy\n");
        File.WriteAllText(Path.Combine(Working, "a.out"), "decoy\n");
    }

    /// <summary>The directory that holds all others.</summary>
    public string Root { get; }

    /// <summary>The object tree.</summary>
    public string Tree => Path.Combine(Root, "tree");

    /// <summary>HOME of whoever analyses it.</summary>
    public string Home => Path.Combine(Root, "home");

    /// <summary>The directory that the analysis is started in, which is nobody's.</summary>
    public string Working => Path.Combine(Root, "cwd");

    /// <summary>Where hostile words want to write.</summary>
    public string Outside => Path.Combine(Root, "outside");

    /// <summary>TMPDIR in the environment of the build.</summary>
    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>The intermediate directory: the only one that a build may write to.</summary>
    public string Intermediate => Path.Combine(Root, "obj");

    /// <summary>What the harness and its .NET runtime write.</summary>
    public string Private => Path.Combine(Root, "private");

    /// <summary>The environment of the build: nothing of this process's own but where programs are.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["PATH"] = Compiler.SearchPath,
        ["HOME"] = Home,
        ["TMPDIR"] = Temporary,
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <summary>Writes a file of the tree; the result is its absolute path.</summary>
    public string Write(string path, string text)
    {
        var full = Path.Combine(Tree, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Everything that must stay as it is.</summary>
    public SiteSnapshot Look() => SiteSnapshot.Take(Root, [Intermediate, Private]);

    /// <summary>A path for messages: relative to the case's directory.</summary>
    public string Show(string path) => Path.GetRelativePath(Root, path);

    /// <summary>A name of the number's own, in the invariant culture.</summary>
    public static string Numbered(string prefix, int number) => prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Removes a directory, also one that holds what its owner may not read.</summary>
    public static void Remove(string directory)
    {
        var run = ProcessRun.Of("/bin/sh", ["-c", "chmod -R u+rwX -- \"$1\" 2>/dev/null; rm -rf -- \"$1\"", "sh", directory], "/", Compiler.Environment, ProcessLimits.Quiet);
        if (run.ExitCode != 0)
        {
            throw new IOException($"{directory} cannot be removed: {run.Output}");
        }
    }
}
