using IpaAnalysis.Collection;
using IpaAnalysis.Dumps.Commands;
using IpaAnalysis.Files;

namespace IpaAnalysis.MSBuild;

/// <summary>How the list of units keeps where a unit's whole command stands: few are ever wanted, so most are read again from there.</summary>
internal static class UnitCommandCodec
{
    private enum Place : byte
    {
        Nowhere,
        BesideObject,
        File,
        Here,
    }

    public static void Write(BinaryWriter writer, PathWriter paths, Unit unit)
    {
        var place = unit.CommandFile is { } file ? file == BesideObject(unit) ? Place.BesideObject : Place.File
            : unit.Command is { Words.IsEmpty: false } ? Place.Here
            : Place.Nowhere;
        writer.Write((byte)place);
        switch (place)
        {
            case Place.File:
                paths.Write(writer, unit.CommandFile);
                break;
            case Place.Here:
                writer.WriteList(unit.Command!.Words, static (w, word) => w.Write(word));
                break;
        }
    }

    public static Unit Read(BinaryReader reader, PathReader paths, Unit unit) => (Place)reader.ReadByte() switch
    {
        Place.BesideObject => unit with { CommandFile = BesideObject(unit) },
        Place.File => unit with { CommandFile = paths.Read(reader) },
        Place.Here => unit with { Command = RecordedCommand.Of([.. reader.ReadList(static r => r.ReadString())], unit.WorkingDirectory) },
        _ => unit,
    };

    /// <summary>Where kbuild writes it.</summary>
    private static string? BesideObject(Unit unit) =>
        unit.ObjectPath is { } path && path.LastIndexOf('/') is var slash
            ? string.Concat(string.Concat(path.AsSpan(0, slash + 1), ".", path.AsSpan(slash + 1)), ".cmd")
            : null;
}
