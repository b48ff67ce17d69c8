using System.Collections.Immutable;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.Producers;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>What a file is that may be an object.</summary>
/// <param name="IsUnreadable">Whether it could not be read.</param>
/// <param name="Origin">Where its code comes from; null when it is no object that is still to be linked.</param>
internal sealed record ObjectLook(bool IsUnreadable, ElfOrigin? Origin)
{
    /// <summary>Reads the head of a file, and more only of an object.</summary>
    public static ObjectLook At(string path)
    {
        try
        {
            using var source = new FileByteSource(InputFile.Open(path, FileRole.Object));
            return new ObjectLook(IsUnreadable: false, ElfOrigin.Read(source));
        }
        catch (Exception e) when (e is FileRefusedException or FileNotFoundException or DirectoryNotFoundException)
        {
            // A device, a pipe, a directory and a link that leads nowhere are no objects.
            return new ObjectLook(IsUnreadable: false, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ObjectLook(IsUnreadable: true, null);
        }
    }

    /// <summary>The digests of an object's functions; null when they cannot be told.</summary>
    public static ImmutableArray<Digest128>? FunctionsAt(string path)
    {
        try
        {
            using var source = new FileByteSource(InputFile.Open(path, FileRole.Object));
            return ElfFunctionDigests.Read(source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Write(BinaryWriter writer, ObjectLook look)
    {
        writer.Write(look.IsUnreadable);
        WriteOrigin(writer, look.Origin);
    }

    public static ObjectLook Read(StateReader reader) => new(reader.ReadBoolean(), ReadOrigin(reader));

    public static void WriteOrigin(BinaryWriter writer, ElfOrigin? origin)
    {
        writer.Write(origin is not null);
        if (origin is not null)
        {
            writer.Write((int)origin.Machine);
            writer.Write(origin.HasCode);
            writer.WriteList(origin.SourceNames, static (w, name) => w.Write(name));
            writer.Write(origin.Language);
            writer.Write(origin.IsFromGcc);
            writer.Write(origin.IsLto);
            writer.Write(origin.IsDamaged);
        }
    }

    public static ElfOrigin? ReadOrigin(StateReader reader) => reader.ReadBoolean()
        ? new ElfOrigin(
            (ElfMachine)reader.ReadInt32(), reader.ReadBoolean(), [.. reader.ReadList(static r => r.ReadString())], reader.ReadString(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean())
        : null;

    public static void WriteDigests(BinaryWriter writer, ImmutableArray<Digest128>? digests)
    {
        writer.Write(digests is not null);
        if (digests is { } known)
        {
            writer.WriteList(known, static (w, digest) =>
            {
                w.Write(digest.High);
                w.Write(digest.Low);
            });
        }
    }

    public static ImmutableArray<Digest128>? ReadDigests(StateReader reader) => reader.ReadBoolean()
        ? [.. reader.ReadList(static r => new Digest128(r.ReadUInt64(), r.ReadUInt64()))]
        : null;
}
