using System.Collections.Immutable;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>An object in an archive.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Origin">Where its code comes from.</param>
/// <param name="Functions">The digests of its functions; null when they cannot be told.</param>
internal sealed record ArchivedObject(string Name, ElfOrigin Origin, ImmutableArray<Digest128>? Functions)
{
    /// <summary>The objects that a file holds as an archive; none when it is no archive or a thin one.</summary>
    public static ArchiveLook At(string path)
    {
        try
        {
            using var source = new FileByteSource(InputFile.Open(path, FileRole.Object));
            var objects = ImmutableArray.CreateBuilder<ArchivedObject>();
            var members = ArchiveReader.Read(source, out var isDamaged) ?? [];
            foreach (var member in members)
            {
                using var bytes = new RangeByteSource(source, member.Start, member.Length);
                if (ElfOrigin.Read(bytes) is { } origin)
                {
                    objects.Add(new ArchivedObject(member.Name, origin, ElfFunctionDigests.Read(bytes)));
                }
            }

            return new ArchiveLook(isDamaged, objects.ToImmutable());
        }
        catch (Exception e) when (e is FileRefusedException or FileNotFoundException or DirectoryNotFoundException)
        {
            return new ArchiveLook(IsUnreadable: false, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ArchiveLook(IsUnreadable: true, []);
        }
    }

    public static void Write(BinaryWriter writer, ArchiveLook look)
    {
        writer.Write(look.IsUnreadable);
        writer.WriteList(look.Objects, static (w, member) =>
        {
            w.Write(member.Name);
            ObjectLook.WriteOrigin(w, member.Origin);
            ObjectLook.WriteDigests(w, member.Functions);
        });
    }

    public static ArchiveLook Read(StateReader reader) => new(
        reader.ReadBoolean(),
        [.. reader.ReadList(static r => new ArchivedObject(r.ReadString(), ObjectLook.ReadOrigin(r) ?? throw new FormatException("An object has no origin."), ObjectLook.ReadDigests(r)))]);
}
