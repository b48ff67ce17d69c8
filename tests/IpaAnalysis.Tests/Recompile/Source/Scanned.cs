using System.Text;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>Short forms for tests of the scanner.</summary>
internal static class Scanned
{
    public static SourceUnit Scan(string text) => SourceScanner.Scan(Encoding.UTF8.GetBytes(text));

    /// <summary>The definitions in words: kind, name, what is special, and the text of the body.</summary>
    public static string[] Words(string text) => Words(text, Scan(text));

    public static string[] Words(string text, SourceUnit unit)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. unit.Definitions.Select(d =>
            $"{(d.Kind == DefinitionKind.Function ? "f" : "v")} {d.Name}"
            + (d.Symbol != d.Name ? $"={d.Symbol}" : "")
            + (d.IsStatic ? " static" : "") + (d.IsInline ? " inline" : "") + (d.IsExternInline ? " extern" : "")
            + (d.Attributes.Length > 0 ? $" [{string.Join(' ', d.Attributes)}]" : "")
            + (d.AliasOf is { } alias ? $" ->{alias}" : "") + (d.Resolver is { } resolver ? $" ?{resolver}" : "")
            + (d.Enclosing is { } enclosing ? $" in {enclosing}" : "")
            + (d.BodyEnd > d.BodyStart ? $" {Encoding.UTF8.GetString(bytes[d.BodyStart..d.BodyEnd])}" : ""))];
    }
}
