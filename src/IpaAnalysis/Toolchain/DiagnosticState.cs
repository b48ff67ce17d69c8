using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Toolchain;

/// <summary>The stored form of a diagnostic that is reported again while its cause is unchanged.</summary>
internal static class DiagnosticState
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">The code is in no table.</exception>
    public static Diagnostic Read(BinaryReader reader)
    {
        var code = reader.ReadString();
        var descriptor = DiagnosticCatalog.All.FirstOrDefault(row => row.Code == code)
            ?? throw new FormatException($"The code {code} is unknown.");
        var message = reader.ReadString();
        var file = reader.ReadBoolean() ? reader.ReadString() : null;
        return new Diagnostic(descriptor, message, file, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
    }

    /// <summary>Writes one.</summary>
    public static void Write(BinaryWriter writer, Diagnostic diagnostic)
    {
        writer.Write(diagnostic.Code);
        writer.Write(diagnostic.Message);
        writer.Write(diagnostic.File is not null);
        if (diagnostic.File is not null)
        {
            writer.Write(diagnostic.File);
        }

        writer.Write7BitEncodedInt(diagnostic.Line);
        writer.Write7BitEncodedInt(diagnostic.Column);
    }
}
