using System.Text;

namespace IpaAnalysis.Faults.Mutations;

/// <summary>Damages a text as crashes, full disks, racing writers and bad memory do, one place at a time. The same for the same seed.</summary>
internal sealed class TextMutator(int seed)
{
    private static readonly string[] s_pieces =
    [
        "\0", "\n", "\r", "\t", "\x7f", "\x1b", ";", "\"", "\" }", "\\n", ":1:2", ";1;", "0", "99999999999", "-", "*", "}\n", "\n\n", "Callgraph clone;", "Callgraph removal;",
        "\nCallgraph removal;f;1;a.c;2;3\n", "edge: { sourcename: \"", "node: { title: \"", "graph: { title: \"b.c\"\n", "Unified; Wrapper has been created.\n",
        "optimized: Semantic equality hit:", "->", "/1",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Damages a text, and says how.</summary>
    public byte[] Mutate(byte[] text, out string what)
    {
        var at = _random.Next(text.Length);
        var length = Math.Min(text.Length - at, 1 + _random.Next(_random.Next(3) == 0 ? 2000 : 60));
        switch (_random.Next(12))
        {
            case 0:
                what = "a bit flipped";
                return With(text, at, [(byte)(text[at] ^ (1 << _random.Next(8)))]);
            case 1:
                what = "a byte changed";
                return With(text, at, [(byte)_random.Next(256)]);
            case 2:
                what = "a byte lost";
                return [.. text[..at], .. text[(at + 1)..]];
            case 3:
                what = "a newline lost";
                at += Math.Max(0, text.AsSpan(at).IndexOf((byte)'\n'));
                return [.. text[..at], .. text[(at + 1)..]];
            case 4:
                what = "a block of zeros";
                return With(text, at, new byte[length]);
            case 5:
                what = "a stretch lost";
                return [.. text[..at], .. text[(at + length)..]];
            case 6:
                what = "cut off";
                return text[..at];
            case 7:
                what = "a stretch doubled";
                return [.. text[..(at + length)], .. text[at..]];
            case 8:
                what = "a stretch written over by another";
                var from = _random.Next(text.Length - length + 1);
                return With(text, at, text[from..(from + length)]);
            case 9:
                what = "a piece put in";
                return [.. text[..at], .. Encoding.Latin1.GetBytes(s_pieces[_random.Next(s_pieces.Length)]), .. text[at..]];
            case 10:
                what = "a stretch replaced by a piece";
                return [.. text[..at], .. Encoding.Latin1.GetBytes(s_pieces[_random.Next(s_pieces.Length)]), .. text[(at + length)..]];
            default:
                what = "two writers";
                var middle = _random.Next(text.Length);
                return [.. text[..at], .. text[Math.Min(at, middle)..Math.Max(at, middle)], .. text[at..]];
        }
    }

    private static byte[] With(byte[] text, int at, byte[] bytes) => [.. text[..at], .. bytes, .. text[(at + bytes.Length)..]];
}
