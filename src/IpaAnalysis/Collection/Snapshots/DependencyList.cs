using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>The files that the compile of an object read, as a build system recorded them.</summary>
/// <param name="Numbers">Their numbers in the table of names.</param>
/// <param name="IsUnreadable">Whether the record cannot be read.</param>
internal sealed record DependencyList(ImmutableArray<int> Numbers, bool IsUnreadable)
{
    /// <summary>Reads kbuild's record or what <c>-MD</c> wrote.</summary>
    public static DependencyList At(string path, NameTable names)
    {
        try
        {
            var bytes = InputFile.ReadAllBytes(path, FileRole.KbuildRecord);
            var list = path.EndsWith(ArtifactName.Command, StringComparison.Ordinal)
                ? KbuildDependencies.Read(bytes)
                : DependencyFile.Parse(System.Text.Encoding.UTF8.GetString(bytes)) ?? [];
            return new DependencyList([.. list.Select(names.Add)], IsUnreadable: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DependencyList([], IsUnreadable: true);
        }
    }

    public static void Write(BinaryWriter writer, DependencyList list)
    {
        writer.Write(list.IsUnreadable);
        writer.WriteList(list.Numbers, static (w, number) => w.Write7BitEncodedInt(number));
    }

    public static DependencyList Read(StateReader reader, NameTable names)
    {
        var isUnreadable = reader.ReadBoolean();
        var count = names.Count;
        return new DependencyList([.. reader.ReadList(r => r.ReadIndex(count))], isUnreadable);
    }
}
