using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>Tells by the record of what a unit was compiled from whether it can read a function's definition. Not safe for several threads.</summary>
internal sealed class ReaderCandidates
{
    private readonly DependencyRecords _records = new();
    private readonly Dictionary<(string Path, string Word), bool> _mentions = [];

    /// <summary>Whether a unit can read a definition; null when nothing is recorded, so that only its text can tell.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="function">The function.</param>
    public bool? CanRead(Unit unit, SoughtFunction function)
    {
        if (_records.Of(unit) is not { } names)
        {
            return null;
        }

        return function.File is null
            ? names.Prepend(unit.SourcePath).OfType<string>().Any(n => Mentions(unit, n, function.Name))
            : names.Prepend(unit.SourcePath).OfType<string>().Any(n => IsFile(unit, n, function));
    }

    private static bool IsFile(Unit unit, string name, SoughtFunction function)
    {
        if (!UnixPath.NameOf(name).AsSpan().SequenceEqual(UnixPath.NameOf(function.File!)))
        {
            return false;
        }

        // Without a directory the same name has to do.
        return UnixPath.Resolve(name, unit.WorkingDirectory) is not { } path
            || unit.Paths.Normalize(name, unit.WorkingDirectory) == function.File
            || function.RealFiles.Contains(RealPath.Of(path));
    }

    /// <summary>Whether a file holds a word; one that cannot be read may.</summary>
    private bool Mentions(Unit unit, string name, string word)
    {
        if (UnixPath.Resolve(name, unit.WorkingDirectory) is not { } path)
        {
            return true;
        }

        if (!_mentions.TryGetValue((path, word), out var mentions))
        {
            try
            {
                mentions = InputFile.ReadAllBytes(path, FileRole.Source).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                mentions = File.Exists(path);
            }

            _mentions[(path, word)] = mentions;
        }

        return mentions;
    }
}
