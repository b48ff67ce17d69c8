using IpaAnalysis.Compilers;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>What the last explanation rests on, so that a build that only asks can tell whether another one would say the same.</summary>
/// <param name="Key">Hash of the question and of what the units' files say.</param>
/// <param name="Inputs">What compilers' answers depend on besides.</param>
/// <param name="Programs">The compilers that were asked.</param>
/// <param name="Text">The file that it wrote.</param>
internal sealed record StoredExplanation(byte[] Key, IReadOnlyList<ObservedFile> Inputs, IReadOnlyList<ProgramStamp> Programs, FileState Text)
{
    private const string Magic = "IPAEXPL";
    private const int Version = 1;

    /// <summary>Writes it.</summary>
    public void Write(string path) => StateFile.Write(path, Magic, Version, writer =>
    {
        writer.WriteBlock(Key);
        writer.WriteList(Inputs, ObservedFile.Write);
        writer.WriteList(Programs, static (w, p) => p.Write(w));
        writer.WriteState(Text);
    });

    /// <summary>Reads it; null when there is none that can be used.</summary>
    public static StoredExplanation? TryRead(string path) => StateFile.TryRead(path, Magic, Version, static reader => new StoredExplanation(
        reader.ReadBlock(), reader.ReadList(ObservedFile.Read), reader.ReadList(ProgramStamp.Read), reader.ReadState()));
}
