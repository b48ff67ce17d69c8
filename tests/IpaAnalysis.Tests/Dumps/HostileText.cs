using System.Text;

namespace IpaAnalysis.Tests.Dumps;

/// <summary>Random names as nobody would choose them, reproducible by their seed. Characters stand for bytes (Latin-1).</summary>
internal sealed class HostileText(int seed, bool usual = false)
{
    private static readonly string[] Pieces =
    [
        "a", "f", "_x", ".", "Z", "; ", ";", " ", "\"", "\\", "\\n", ":", "::", "\xff", "\xc3\xa9", "->", "<-", "optimization:", "/", "../", "}", "{", "\" }",
        "\" label: \"", "\" targetname: \"", "\t", "\0", "\r", "$(X)", "@(Y)", "%3B", "(null)", "1x", "inlining to", "Callgraph clone", "edge: {", "'", "\u0085",
    ];

    private readonly string[] _pieces = usual ? [.. Pieces.Where(IsUsual)] : Pieces;
    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public int Number() => _random.Next(4) == 0 ? _random.Next(int.MaxValue) : _random.Next(300);

    /// <summary>A text in which no number stands alone between separators, and no line looks like a record, so that only one reading is left.</summary>
    /// <param name="newlines">Whether it may hold newlines.</param>
    /// <param name="without">A piece it must not hold.</param>
    public string Name(bool newlines, string without = "\uffff")
    {
        while (true)
        {
            var text = new StringBuilder();
            for (var pieces = 1 + _random.Next(_random.Next(5) == 0 ? 30 : 6); pieces > 0; pieces--)
            {
                text.Append(newlines && _random.Next(8) == 0 ? "\n" : _pieces[_random.Next(_pieces.Length)]);
            }

            var name = text.ToString();
            if (!Array.Exists([without, "\nCallgraph"], piece => name.Contains(piece, StringComparison.Ordinal)))
            {
                return name;
            }
        }
    }

    /// <summary>Whether a name may hold the piece without looking like damage.</summary>
    private static bool IsUsual(string piece) =>
        !piece.Any(c => c is ';' or '"' or '\\' or < ' ') && !piece.Contains("Callgraph", StringComparison.Ordinal);

    /// <summary>A name that is not empty and does not begin with the mark of asm labels.</summary>
    public string Symbol(bool newlines, string without = "\uffff") => "s" + Name(newlines, without);

    /// <summary>The symbol as GCC may print it.</summary>
    public string Printed(string symbol) => _random.Next(3) == 0 ? "*" + symbol : symbol;
}
