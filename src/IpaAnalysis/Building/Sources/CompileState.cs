using IpaAnalysis.Building.Sources.Headers;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Building.Sources;

/// <summary>What is remembered between builds about the package's own compiles.</summary>
internal static class CompileState
{
    private const string Magic = "IPACOMP";
    private const int Version = 4;

    /// <summary>The bytes of a dependency without a path: its length, what the file system said, and whether its content is known.</summary>
    private const int SmallestDependency = 2 + (5 * sizeof(long));

    /// <summary>The records by object; none when there is no usable state.</summary>
    public static Dictionary<string, CompileRecord> Read(string path) =>
        StateFile.TryRead(path, Magic, Version, Read) ?? new Dictionary<string, CompileRecord>(StringComparer.Ordinal);

    private static Dictionary<string, CompileRecord> Read(StateReader reader)
    {
        // A header is read by many sources: each of its states is stored once.
        var files = new DependencyStamp[reader.ReadCount(SmallestDependency)];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = new DependencyStamp(reader.ReadPath(), reader.ReadState());
        }

        var lookups = new HeaderLookup[reader.ReadCount()];
        for (var i = 0; i < lookups.Length; i++)
        {
            lookups[i] = new HeaderLookup(reader.ReadString(), reader.ReadString());
        }

        var records = new Dictionary<string, CompileRecord>(StringComparer.Ordinal);
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var record = new CompileRecord
            {
                Object = reader.ReadPath(),
                CommandHash = reader.ReadString(),
                CompilerHash = reader.ReadString(),
                Dependencies = reader.ReadList(r => files[r.ReadIndex(files.Length)]),
                Lookups = reader.ReadList(r => lookups[r.ReadIndex(lookups.Length)]),
                Outputs = reader.ReadList(static r => new OutputStamp(r.ReadPath(), r.ReadIdentity())),
                Diagnostics = reader.ReadList(StateCodec.ReadDiagnostic),
            };
            records[record.Object] = record;
        }

        return records;
    }

    /// <summary>Writes the records unless the file holds exactly them.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<CompileRecord> records)
    {
        var sorted = records.OrderBy(static record => record.Object, StringComparer.Ordinal).ToArray();
        var numbers = new Dictionary<DependencyStamp, int>();
        foreach (var dependency in sorted.SelectMany(static record => record.Dependencies))
        {
            numbers.TryAdd(dependency, numbers.Count);
        }

        var lookups = new Dictionary<HeaderLookup, int>();
        foreach (var lookup in sorted.SelectMany(static record => record.Lookups))
        {
            lookups.TryAdd(lookup, lookups.Count);
        }

        StateFile.Write(path, Magic, Version, writer =>
        {
            writer.Write7BitEncodedInt(numbers.Count);
            foreach (var file in numbers.OrderBy(static pair => pair.Value).Select(static pair => pair.Key))
            {
                writer.Write(file.Path);
                writer.WriteState(file.State);
            }

            writer.Write7BitEncodedInt(lookups.Count);
            foreach (var lookup in lookups.OrderBy(static pair => pair.Value).Select(static pair => pair.Key))
            {
                writer.Write(lookup.Path);
                writer.Write(lookup.State);
            }

            writer.Write7BitEncodedInt(sorted.Length);
            foreach (var record in sorted)
            {
                writer.Write(record.Object);
                writer.Write(record.CommandHash);
                writer.Write(record.CompilerHash);
                writer.WriteList(record.Dependencies, (w, file) => w.Write7BitEncodedInt(numbers[file]));
                writer.WriteList(record.Lookups, (w, lookup) => w.Write7BitEncodedInt(lookups[lookup]));
                writer.WriteList(record.Outputs, static (w, output) =>
                {
                    w.Write(output.Name);
                    w.WriteIdentity(output.Identity);
                });
                writer.WriteList(record.Diagnostics, StateCodec.WriteDiagnostic);
            }
        });
    }
}
