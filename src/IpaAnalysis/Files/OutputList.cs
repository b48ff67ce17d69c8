using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files;

/// <summary>
/// The list of every file that the package made, so that Clean removes those and nothing else. One JSON string a line,
/// <c>category path</c>, so that a damaged line costs that line only.
/// </summary>
internal sealed class OutputList
{
    private readonly string _path;
    private readonly string _baseDirectory;
    // Of references only, which the framework has compiled ahead; a SortedDictionary sorts pairs, and every build reads this list.
    private readonly SortedList<string, SortedSet<string>> _categories = new(StringComparer.Ordinal);

    private OutputList(string path, string baseDirectory)
    {
        _path = path;
        _baseDirectory = baseDirectory;
    }

    /// <summary>Every file in the list, absolute.</summary>
    public IEnumerable<string> Files => _categories.Values.SelectMany(f => f);

    /// <summary>Reads the list; one that is not there is empty.</summary>
    /// <param name="path">Absolute path of the list.</param>
    /// <param name="baseDirectory">Absolute directory; paths below it are written relative to it, so that it may move.</param>
    /// <exception cref="IOException">The list cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The list may not be read.</exception>
    public static OutputList Load(string path, string baseDirectory)
    {
        var list = new OutputList(path, baseDirectory);
        if (File.Exists(path))
        {
            foreach (var line in InputFile.ReadLines(path, FileRole.State))
            {
                list.AddLine(line);
            }
        }

        return list;
    }

    /// <summary>The files of a category, absolute.</summary>
    public IReadOnlyCollection<string> FilesOf(string category) =>
        _categories.TryGetValue(category, out var files) ? files : [];

    /// <summary>Adds files to a category and writes the list if it changed; what is there already stays until Clean.</summary>
    /// <param name="category">Who made the files; a word.</param>
    /// <param name="files">The files, absolute.</param>
    /// <exception cref="IOException">The list cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The list may not be written.</exception>
    public void Add(string category, IEnumerable<string> files) =>
        Replace(category, FilesOf(category).Where(File.Exists).Concat(files));

    /// <summary>Says what a category holds now, deletes what it no longer holds, and writes the list if it changed.</summary>
    /// <param name="category">Who made the files; a word.</param>
    /// <param name="files">The files, absolute; however they are spelled, what names one of them is not deleted.</param>
    /// <exception cref="IOException">The list cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The list may not be written.</exception>
    public void Replace(string category, IEnumerable<string> files)
    {
        var current = new SortedSet<string>(files.Select(f => Path.GetFullPath(f, _baseDirectory)), StringComparer.Ordinal);
        var orphans = FilesOf(category).Where(f => !current.Contains(f)).ToArray();
        _categories[category] = current;
        if (orphans.Length > 0)
        {
            var kept = new HashSet<string>(Files.Select(RealPath.Of), StringComparer.Ordinal);
            foreach (var orphan in orphans.Where(o => !kept.Contains(RealPath.Of(o))))
            {
                OutputFile.Delete(orphan);
            }
        }

        if (Files.Any() || File.Exists(_path))
        {
            OutputFile.Write(_path, Serialize());
        }
    }

    /// <summary>Deletes every file in the list, and the list unless it still names some.</summary>
    /// <returns>The files that are still there because they cannot be deleted.</returns>
    public IReadOnlyList<string> DeleteAll()
    {
        string[] left = [.. Files.Where(f => !OutputFile.Delete(f))];
        if (left.Length == 0)
        {
            OutputFile.Delete(_path);
            return left;
        }

        foreach (var files in _categories.Values)
        {
            files.IntersectWith(left);
        }

        try
        {
            OutputFile.Write(_path, Serialize());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The old list names them too.
        }

        return left;
    }

    private void AddLine(string line)
    {
        string? text = null;
        try
        {
            // The serializer would set up its reflection first, in every build.
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
            if (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                text = reader.GetString();
                reader.Read();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is half of a surrogate pair.
            return;
        }

        // No path holds a NUL or is empty: that line is damaged.
        var space = text?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (space > 0 && space + 1 < text!.Length && !text.Contains('\0'))
        {
            var category = text[..space];
            if (!_categories.TryGetValue(category, out var files))
            {
                _categories[category] = files = new SortedSet<string>(StringComparer.Ordinal);
            }

            files.Add(Path.GetFullPath(text[(space + 1)..], _baseDirectory));
        }
    }

    private byte[] Serialize()
    {
        var text = new StringBuilder();
        foreach (var (category, files) in _categories)
        {
            foreach (var file in files)
            {
                var relative = Path.GetRelativePath(_baseDirectory, file);
                var isOutside = relative == ".." || relative.StartsWith("../", StringComparison.Ordinal);
                text.Append('"')
                    .Append(JavaScriptEncoder.Default.Encode($"{category} {(isOutside ? file : relative)}"))
                    .Append("\"\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
