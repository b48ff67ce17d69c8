using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>The identifiers of one translation unit.</summary>
internal sealed partial class SourceNames
{
    private readonly Dictionary<string, SourceName> _names;
    private readonly Dictionary<string, SourceName>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public SourceNames()
    {
        _names = new Dictionary<string, SourceName>(Utf8NameComparer.Instance);
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public IEnumerable<SourceName> All => _names.Values;

    public SourceName Get(ReadOnlySpan<byte> word)
    {
        if (!_lookup.TryGetValue(word, out var name))
        {
            var text = Text(word);
            if (!_names.TryGetValue(text, out name))
            {
                name = new SourceName(text, Keywords.Of(word));
                _names.Add(text, name);
            }
        }

        return name;
    }

    /// <summary>A name that stands in the text, or null.</summary>
    public SourceName? Find(string text) => _names.GetValueOrDefault(text);

    /// <summary>The identifier as the assembler sees it: universal character names are UTF-8 there.</summary>
    public static string Text(ReadOnlySpan<byte> word)
    {
        var text = Encoding.UTF8.GetString(word);
        return text.Contains('\\', StringComparison.Ordinal)
            ? UniversalName().Replace(text, static match =>
            {
                var code = int.Parse(match.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                return Rune.IsValid(code) ? new Rune(code).ToString() : match.Value;
            })
            : text;
    }

    [GeneratedRegex(@"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})", RegexOptions.CultureInvariant)]
    private static partial Regex UniversalName();
}
