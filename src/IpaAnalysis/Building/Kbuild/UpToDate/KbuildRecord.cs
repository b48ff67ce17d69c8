using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Building.Kbuild.UpToDate;

/// <summary>What a successful run of make depended on and made, and what it said. While all is the same, make has nothing to do.</summary>
/// <param name="Key">A hash of what make was asked for.</param>
/// <param name="Directory">The directory in which also new files matter; empty for none.</param>
/// <param name="Files">The files by absolute path; those that may be touched without make having something to do with their content.</param>
/// <param name="Programs">The programs that commands name, and where they were found.</param>
/// <param name="Diagnostics">What was reported.</param>
internal sealed record KbuildRecord(
    string Key,
    string Directory,
    IReadOnlyDictionary<string, FileState> Files,
    IReadOnlyDictionary<string, string> Programs,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    private const string Magic = "IPAMADE";
    private const int Version = 2;

    /// <summary>The bytes of a file whose path is empty: two lengths, what the file system said, and whether its content is known.</summary>
    private const int SmallestFile = 3 + (5 * sizeof(long));

    /// <summary>The most characters of all paths: each may repeat the beginning of the one before at no cost.</summary>
    private const long LongestPaths = 1L << 28;

    /// <summary>Reads a record; null when there is none that can be used.</summary>
    public static KbuildRecord? TryRead(string path) => StateFile.TryRead(path, Magic, Version, Read);

    /// <summary>Writes the record.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path) => StateFile.Write(path, Magic, Version, writer =>
    {
        writer.Write(Key);
        writer.Write(Directory);
        writer.Write7BitEncodedInt(Files.Count);
        var last = "";
        foreach (var (file, state) in Files.OrderBy(static f => f.Key, StringComparer.Ordinal))
        {
            // In order, most paths begin as the one before.
            var common = last.AsSpan().CommonPrefixLength(file);
            common -= common > 0 && char.IsHighSurrogate(file[common - 1]) ? 1 : 0;
            writer.Write7BitEncodedInt(common);
            writer.Write(file[common..]);
            writer.WriteState(state);
            last = file;
        }

        writer.WriteList([.. Programs.OrderBy(static p => p.Key, StringComparer.Ordinal)], static (w, program) =>
        {
            w.Write(program.Key);
            w.Write(program.Value);
        });
        writer.WriteList(Diagnostics, StateCodec.WriteDiagnostic);
    });

    private static KbuildRecord Read(StateReader reader)
    {
        var key = reader.ReadString();
        var directory = reader.ReadPath();
        var files = new Dictionary<string, FileState>(StringComparer.Ordinal);
        var last = "";
        var length = 0L;
        for (var count = reader.ReadCount(SmallestFile); count > 0; count--)
        {
            last = string.Concat(last.AsSpan(0, reader.ReadIndex(last.Length + 1)), reader.ReadPath());
            length += last.Length;
            if (length > LongestPaths)
            {
                throw new FormatException("The paths are longer than any tree has them.");
            }

            files[last] = reader.ReadState();
        }

        var programs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in reader.ReadList(static r => (r.ReadPath(), r.ReadPath())))
        {
            programs[name] = path;
        }

        return new KbuildRecord(key, directory, files, programs, reader.ReadList(StateCodec.ReadDiagnostic));
    }
}
