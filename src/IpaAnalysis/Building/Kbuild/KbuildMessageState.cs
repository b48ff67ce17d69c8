using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>
/// The messages of earlier builds, kept with the file that each is about: make prints nothing about what it does
/// not make, and the messages are as true as before while that file is the same.
/// </summary>
internal static class KbuildMessageState
{
    private const string Magic = "IPAKMSG";
    private const int Version = 3;

    /// <summary>The messages about one file.</summary>
    /// <param name="Subject">Absolute path of the object, or of modpost's output.</param>
    /// <param name="Stamp">The file after the build that printed the messages.</param>
    /// <param name="IsModpost">Whether modpost printed them.</param>
    /// <param name="Diagnostics">The messages.</param>
    internal sealed record Entry(string Subject, FileIdentity Stamp, bool IsModpost, IReadOnlyList<Diagnostic> Diagnostics);

    /// <summary>The entries; none when there is no usable state.</summary>
    public static List<Entry> Read(string path)
    {
        return StateFile.TryRead(path, Magic, Version, static reader => reader.ReadList(
            static r => new Entry(r.ReadPath(), r.ReadIdentity(), r.ReadBoolean(), r.ReadList(StateCodec.ReadDiagnostic)))) ?? [];
    }

    /// <summary>Writes the entries unless the file holds exactly them; no file for no entries.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0 && !File.Exists(path))
        {
            return;
        }

        StateFile.Write(path, Magic, Version, writer => writer.WriteList(entries, static (w, entry) =>
        {
            w.Write(entry.Subject);
            w.WriteIdentity(entry.Stamp);
            w.Write(entry.IsModpost);
            w.WriteList(entry.Diagnostics, StateCodec.WriteDiagnostic);
        }));
    }
}
