namespace IpaAnalysis.Outputs;

/// <summary>The JSON Schema (2020-12) of the manifest.</summary>
internal static class ManifestSchema
{
    /// <summary>The file's name; the manifest's <c>$schema</c>.</summary>
    public const string FileName = "affected-functions.schema.json";

    /// <summary>The version in the manifest's <c>schemaVersion</c>.</summary>
    public const int Version = 1;

    /// <summary>The schema's text.</summary>
    public static byte[] Content()
    {
        using var stream = typeof(ManifestSchema).Assembly.GetManifestResourceStream(FileName)
            ?? throw new InvalidOperationException($"{FileName} is not embedded.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
