using IpaAnalysis.CommandLines.Options;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Sources.Headers;

/// <summary>
/// Tells, for a compile that is done, where its headers were looked for in vain: a file that appears there changes what the
/// same sources mean, and nothing else shows it. Not safe for several threads.
/// </summary>
/// <param name="workingDirectory">Absolute directory of the compiler.</param>
/// <param name="started">When the first compile began; what appeared since was not there to it (<see cref="FileIdentity.NowNanoseconds"/>).</param>
internal sealed class HeaderLookups(string workingDirectory, long started)
{
    /// <summary>GCC reads it before everything else where the C library has one (gcc/config/glibc-c.cc).</summary>
    private static readonly HeaderName s_implicit = new("stdc-predef.h", IsQuoted: false, IsNext: false);

    private readonly HeaderPlaces _places = new();
    private readonly Dictionary<string, HeaderNames> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<(IncludeSearch Search, string Directory, HeaderName Name), List<HeaderLookup>> _known = [];

    /// <summary>The places of one compile, distinct, in the order of their paths.</summary>
    /// <param name="search">Where the compiler looks.</param>
    /// <param name="flags">The compiler's flags.</param>
    /// <param name="files">The files that it read, the source first.</param>
    /// <returns>Null when a file cannot be read, so that nothing is certain.</returns>
    public IReadOnlyList<HeaderLookup>? Of(IncludeSearch search, IReadOnlyList<string> flags, IReadOnlyList<string> files)
    {
        var found = new HashSet<HeaderLookup>(Of(search, "", s_implicit));
        var hasUnreadable = AddForced(search, flags, found);
        for (var i = 0; i < files.Count; i++)
        {
            if (TextOf(files[i]) is not { } text)
            {
                return null;
            }

            var directory = Path.GetDirectoryName(files[i])!;
            foreach (var name in text.Names)
            {
                found.UnionWith(Of(search, directory, name));

                // A precompiled header goes before the header, but only before anything else was read.
                if (i == 0)
                {
                    found.UnionWith(Of(search, directory, name with { Name = name.Name + ".gch" }));
                }
            }

            hasUnreadable |= text.HasUnreadable;
            if (text.HasUnreadable)
            {
                found.Add(new HeaderLookup(directory, _places.NamesIn(directory)));
            }
        }

        if (hasUnreadable)
        {
            AddUnreadable(search, files, found);
        }

        return [.. found.OrderBy(static l => l.Path, StringComparer.Ordinal).ThenBy(static l => l.State, StringComparer.Ordinal)];
    }

    /// <summary><c>-include NAME</c> looks in the working directory, and then as a quoted name does.</summary>
    private bool AddForced(IncludeSearch search, IReadOnlyList<string> flags, HashSet<HeaderLookup> found)
    {
        var hasParts = false;
        var reader = new OptionReader([.. flags]);
        while (reader.MoveNext())
        {
            hasParts |= reader.Current.Effect == OptionEffect.Parts;
            if (reader.Current.Name is "-include" or "-imacros")
            {
                var name = reader.Value.ToString();
                found.UnionWith(Of(search, workingDirectory, new HeaderName(name, IsQuoted: true, IsNext: false)));
                found.UnionWith(Of(search, workingDirectory, new HeaderName(name + ".gch", IsQuoted: true, IsNext: false)));
            }
        }

        return hasParts;
    }

    /// <summary>Where a name is not known, what was found tells it, and what was not shows in the directories' names.</summary>
    private void AddUnreadable(IncludeSearch search, IReadOnlyList<string> files, HashSet<HeaderLookup> found)
    {
        string[] directories = [.. search.Quote, .. search.Bracket];
        found.UnionWith(directories.Select(d => new HeaderLookup(d, _places.NamesIn(d))));
        foreach (var file in files)
        {
            foreach (var directory in directories.Where(d => file.StartsWith(d + "/", StringComparison.Ordinal)))
            {
                found.UnionWith(Of(search, "", new HeaderName(file[(directory.Length + 1)..], IsQuoted: true, IsNext: true)));
            }
        }
    }

    private List<HeaderLookup> Of(IncludeSearch search, string directory, HeaderName name)
    {
        var key = (search, name.IsQuoted ? directory : "", name);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var places = name.Name.StartsWith('/') ? [name.Name] : Directories(search, directory, name).Select(d => Path.Combine(d, name.Name));
        known = [];
        foreach (var place in places.Where(static p => !p.Contains('\0', StringComparison.Ordinal)))
        {
            var identity = _places.At(place);
            var isThere = identity != default && identity.NewestNanoseconds < started;
            known.Add(new HeaderLookup(place, isThere ? HeaderLookup.There : HeaderLookup.Absent));
            if (isThere && !name.IsNext)
            {
                break;
            }
        }

        _known.Add(key, known);
        return known;
    }

    private static IEnumerable<string> Directories(IncludeSearch search, string directory, HeaderName name) =>
        name.IsQuoted
            ? [.. directory.Length > 0 ? [directory] : Array.Empty<string>(), .. search.Quote, .. search.Missing, .. search.Bracket]
            : [.. search.Missing, .. search.Bracket];

    private HeaderNames? TextOf(string path)
    {
        if (_texts.TryGetValue(path, out var text))
        {
            return text;
        }

        try
        {
            return _texts[path] = HeaderNames.Parse(InputFile.ReadAllBytes(path, FileRole.Source));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
