using System.Security.Cryptography;
using System.Text;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Sources.Headers;

/// <summary>Looks at each place once, however many sources look there. Not safe for several threads.</summary>
internal sealed class HeaderPlaces
{
    private readonly Dictionary<string, FileIdentity> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>What is there; the default when nothing is.</summary>
    public FileIdentity At(string path)
    {
        if (!_places.TryGetValue(path, out var identity))
        {
            FileIdentity.TryGet(path, out identity);
            _places[path] = identity;
        }

        return identity;
    }

    /// <summary>A hash of the names in a directory; <see cref="HeaderLookup.Absent"/> when there is none.</summary>
    public string NamesIn(string directory)
    {
        if (!_names.TryGetValue(directory, out var hash))
        {
            _names[directory] = hash = Compute(directory);
        }

        return hash;
    }

    /// <summary>Whether what was recorded is still so.</summary>
    public bool IsSame(HeaderLookup lookup) =>
        lookup.IsOfNames ? NamesIn(lookup.Path) == lookup.State : (At(lookup.Path) != default) == (lookup.State == HeaderLookup.There);

    private static string Compute(string directory)
    {
        try
        {
            var names = Directory.EnumerateFileSystemEntries(directory).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', names))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return HeaderLookup.Absent;
        }
    }
}
