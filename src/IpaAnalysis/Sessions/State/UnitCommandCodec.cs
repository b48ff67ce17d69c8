using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>How the list of units keeps where a unit's whole command stands: few are ever wanted, so most are read again from there.</summary>
internal static class UnitCommandCodec
{
    private enum Place : byte
    {
        Nowhere,
        BesideObject,
        File,
        Here,
        FileOfMovedObject,
    }

    public static void Write(BinaryWriter writer, PathWriter paths, Unit unit)
    {
        var place = unit is { CommandFile: not null, CompiledTo: not null } ? Place.FileOfMovedObject
            : unit.CommandFile is { } file ? file == unit.BesideObject ? Place.BesideObject : Place.File
            : unit.Command is { Words.IsEmpty: false } ? Place.Here
            : Place.Nowhere;
        writer.Write((byte)place);
        switch (place)
        {
            case Place.File:
                paths.Write(writer, unit.CommandFile);
                break;
            case Place.FileOfMovedObject:
                paths.Write(writer, unit.CommandFile);
                paths.Write(writer, unit.CompiledTo);
                break;
            case Place.Here:
                writer.WriteList(unit.Command!.Words, static (w, word) => w.Write(word));
                break;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, into the unit that was read so far.</summary>
    public static Unit Read(StateReader reader, PathReader paths, Unit unit) => (Place)reader.ReadByte((byte)Place.FileOfMovedObject) switch
    {
        Place.BesideObject => unit,
        Place.File => unit with { IsRecordedBesideObject = false, CommandFile = paths.Read(reader) },
        Place.FileOfMovedObject => unit with { IsRecordedBesideObject = false, CommandFile = paths.Read(reader), CompiledTo = paths.Read(reader) },
        Place.Here => unit with
        {
            IsRecordedBesideObject = false,
            Command = RecordedCommand.Of([.. reader.ReadList(static r => r.ReadString())], unit.WorkingDirectory),
        },
        _ => unit with { IsRecordedBesideObject = false },
    };
}
