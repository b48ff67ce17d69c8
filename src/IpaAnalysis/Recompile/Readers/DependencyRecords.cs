using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Files;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>Finds what a build system recorded of the files that a unit was compiled from. Not safe for several threads.</summary>
internal sealed class DependencyRecords
{
    private const string NinjaLog = ".ninja_deps";

    private readonly Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> _ninja = new(StringComparer.Ordinal);

    /// <summary>The files as written, relative to where the compiler ran; null when nothing is recorded, or it cannot be read.</summary>
    public IReadOnlyList<string>? Of(Unit unit)
    {
        if (unit.ObjectPath is not { } path)
        {
            return null;
        }

        if (unit.Options?.Origin == OptionOrigin.Kbuild)
        {
            return unit.CommandFile is { } command && TryRead(command, FileRole.KbuildRecord) is { } record && record.AsSpan().IndexOf("\ndeps_"u8) >= 0
                ? KbuildDependencies.Read(record)
                : null;
        }

        var stem = UnixPath.StemOf(path);
        var automake = $"{UnixPath.DirectoryOf(path)}/.deps/{UnixPath.NameOf(stem)}";
        foreach (var file in (string[])[path + ".d", stem + ".d", automake + ".Po", automake + ".Plo"])
        {
            if (TryRead(file, FileRole.BuildText) is { } text && DependencyFile.Parse(Encoding.UTF8.GetString(text)) is { Count: > 0 } names)
            {
                return names;
            }
        }

        return unit.WorkingDirectory is { } directory && path.StartsWith(directory + "/", StringComparison.Ordinal)
            ? NinjaOf(directory).GetValueOrDefault(path[(directory.Length + 1)..])
            : null;
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string>> NinjaOf(string directory)
    {
        if (!_ninja.TryGetValue(directory, out var log))
        {
            _ninja[directory] = log = TryRead($"{directory}/{NinjaLog}", FileRole.BuildText) is { } content
                ? NinjaDependencies.Read(content)
                : new Dictionary<string, IReadOnlyList<string>>();
        }

        return log;
    }

    private static byte[]? TryRead(string path, FileRole role)
    {
        try
        {
            return File.Exists(path) ? InputFile.ReadAllBytes(path, role) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
