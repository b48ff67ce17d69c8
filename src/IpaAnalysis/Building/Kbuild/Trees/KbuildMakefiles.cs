using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>The makefiles of a module that kbuild reads, with what they include.</summary>
internal sealed class KbuildMakefiles
{
    private const int Most = 200;

    private readonly KbuildLayout _layout;
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _variables = new(StringComparer.Ordinal);

    private KbuildMakefiles(KbuildLayout layout) => _layout = layout;

    /// <summary>Every makefile and every place where one might be; absolute.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>The variables that they ask for.</summary>
    public IReadOnlyCollection<string> Variables => _variables;

    /// <summary>What only make could tell; null when there is nothing such.</summary>
    public KbuildChange? Obscure { get; private set; }

    /// <summary>Reads the makefiles of the directories that kbuild was in.</summary>
    /// <param name="layout">The module.</param>
    /// <param name="directories">Absolute directories with objects of the module.</param>
    public static KbuildMakefiles Read(KbuildLayout layout, IEnumerable<string> directories)
    {
        var found = new KbuildMakefiles(layout);
        foreach (var directory in directories.Append(layout.ObjectDirectory).Distinct(StringComparer.Ordinal))
        {
            // kbuild prefers Kbuild (scripts/Makefile.build).
            var kbuild = Path.Combine(directory, "Kbuild");
            var makefile = Path.Combine(directory, "Makefile");
            found._files.Add(kbuild);
            found._files.Add(makefile);
            found.Add(File.Exists(kbuild) ? kbuild : makefile, directory);
        }

        return found;
    }

    private void Add(string file, string directory)
    {
        string text;
        try
        {
            text = File.Exists(file) ? InputFile.ReadAllText(file, FileRole.BuildText) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Obscure ??= new KbuildChange(file, "it cannot be read");
            return;
        }

        var makefile = KbuildMakefile.Parse(text);
        _variables.UnionWith(makefile.Variables);
        if (makefile.Obscure is { } obscure)
        {
            Obscure ??= new KbuildChange(file, $"what it takes from a program is known to make only ({obscure})");
        }

        foreach (var include in makefile.Includes)
        {
            var path = Expand(include, directory);
            if (path.AsSpan().IndexOfAny("$*?[~") >= 0 || _files.Count > Most)
            {
                Obscure ??= new KbuildChange(file, $"which file it includes is known to make only ({include})");
                continue;
            }

            foreach (var candidate in _layout.Directories.Append(directory).Select(d => Path.GetFullPath(path, d)).Distinct(StringComparer.Ordinal))
            {
                if (_files.Add(candidate))
                {
                    Add(candidate, directory);
                }
            }
        }
    }

    private string Expand(string include, string directory)
    {
        (string Name, string Value)[] known =
        [
            ("src", directory), ("obj", directory), ("M", _layout.ObjectDirectory), ("KBUILD_EXTMOD", _layout.ObjectDirectory),
            ("srctree", _layout.Directories[^1]), ("objtree", _layout.WorkingDirectory),
        ];
        foreach (var (name, value) in known)
        {
            include = include.Replace($"$({name})", value, StringComparison.Ordinal).Replace($"${{{name}}}", value, StringComparison.Ordinal);
        }

        return include;
    }
}
