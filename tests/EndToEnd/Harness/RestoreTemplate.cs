using System.Collections.Concurrent;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>
/// What the restore of one project left, for all that restore the same. A restore takes twice the processor time of all the
/// rest of a small build, and projects that differ only in what this package reads all restore the same.
/// </summary>
internal sealed class RestoreTemplate
{
    // A line that holds one of these may change what is restored.
    private static readonly string[] s_restoreWords =
    [
        "<Project", "TargetFramework", "PackageReference", "PackageDownload", "ProjectReference", "FrameworkReference", "RuntimeIdentifier", "estore", "NuGet",
        "NoWarn", "WarningsAsErrors", "TreatWarnings", "WarningLevel", "BaseIntermediateOutputPath", "MSBuildProjectExtensionsPath", "<Import", "<Sdk", "IpaAnalysisVersion",
    ];

    private static readonly ConcurrentDictionary<string, Lazy<RestoreTemplate>> s_templates = new(StringComparer.Ordinal);

    private readonly string _root;
    private readonly string _directory;
    private readonly string[] _lines;
    private readonly Dictionary<string, string> _files;

    private RestoreTemplate(TestProject project)
    {
        using (project)
        {
            project.Run("Restore").MustSucceed();
            _root = project.Root;
            _directory = project.Directory;
            _lines = File.ReadAllLines(project.ProjectFile);
            _files = Directory.GetFiles(project.Path("obj")).ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
        }
    }

    /// <summary>The template of a kind of project; the first call restores one.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="newProject">Makes one of this kind.</param>
    public static RestoreTemplate Of(string kind, Func<TestProject> newProject) =>
        s_templates.GetOrAdd(kind, _ => new Lazy<RestoreTemplate>(() => new RestoreTemplate(newProject()))).Value;

    /// <summary>Writes what the restore of a project would write; false if it has to be restored itself.</summary>
    /// <param name="project">A project of this kind, which may have been edited.</param>
    /// <param name="arguments">Those of its build.</param>
    public bool TryWrite(TestProject project, IEnumerable<string> arguments)
    {
        var lines = File.ReadAllLines(project.ProjectFile);
        if (Directory.Exists(project.Path("obj")) || !project.Directory.All(IsWrittenAsItIs) ||
            lines.Except(_lines).Concat(_lines.Except(lines)).Concat(arguments).Any(MayChangeRestore))
        {
            return false;
        }

        foreach (var (name, text) in _files)
        {
            project.Write(
                Path.Combine("obj", name),
                text.Replace(_directory, project.Directory, StringComparison.Ordinal).Replace(_root, project.Root, StringComparison.Ordinal));
        }

        return true;
    }

    private static bool MayChangeRestore(string text) => s_restoreWords.Any(word => text.Contains(word, StringComparison.Ordinal));

    // In XML, in JSON and in an MSBuild property.
    private static bool IsWrittenAsItIs(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.';
}
