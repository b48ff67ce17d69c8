namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>An item as a later target would see it, unescaped.</summary>
internal sealed record BuildItem(string Identity, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>A metadata value; empty if it is not set.</summary>
    public string this[string name] => Metadata.GetValueOrDefault(name, "");

    /// <summary>Identity and the package's metadata in one line, to compare items of two builds.</summary>
    public string Describe() => Identity + " " + string.Join(' ', new[]
    {
        "Symbol", "Object", "Function", "SourceFile", "Line", "Column", "PatchedFunction", "Reason", "Emitted",
    }.Select(name => $"{name}={this[name]}"));
}
