using System.Globalization;
using System.Text;

namespace IpaAnalysis.Faults.Hostile;

/// <summary>Short texts out of which a compiler or an assembler makes much.</summary>
internal static class Bombs
{
    /// <summary>Name and text of each header.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("macro bomb in a declaration", $"{Doubling(48)}int bomb[] = {{ M48 }};\n"),
        ("macro bomb in a condition", $"{Doubling(48)}#if M48 0\n#endif\n"),
        ("macro bomb in a string", $"{Doubling(40)}#define S(x) #x\n#define T(x) S(x)\nconst char *bomb = T(M40);\n"),
        ("header that includes itself twice", "#include \"bomb.h\"\n#include \"bomb.h\"\nint bomb;\n"),
        ("header that includes itself for ever", "#include __FILE__\n"),
        ("1 GB of data", "char bomb[1 << 30] = { 1 };\n"),
        ("1 GB of constants", "int bomb[1 << 28] = { [0 ... (1 << 28) - 1] = 1 };\n"),
        ("1 TB of common data", "char bomb[1L << 40];\n"),
        (".fill of 1 TB", "__asm__(\".pushsection .data\\n.fill 0x10000000000, 1, 1\\n.popsection\");\n"),
        (".fill of 4 GB", "__asm__(\".pushsection .data\\n.fill 0x100000000, 1, 1\\n.popsection\");\n"),
        (".rept of 1 G lines", "__asm__(\".pushsection .data\\n.rept 1073741824\\n.long 1\\n.endr\\n.popsection\");\n"),
        (".rept in .rept", "__asm__(\".pushsection .data\\n.rept 65536\\n.rept 65536\\n.long 1\\n.endr\\n.endr\\n.popsection\");\n"),
        (".macro that calls itself", "__asm__(\".macro bomb\\nbomb\\nbomb\\n.endm\\nbomb\");\n"),
        (".org far away", "__asm__(\".pushsection .data\\n.org 0x20000000000\\n.popsection\");\n"),
        (".space of 1 TB in .text", "__asm__(\".pushsection .text.bomb,\\\"ax\\\"\\n.space 0x10000000000\\n.popsection\");\n"),
        ("alignment of 2^40", "__asm__(\".pushsection .data\\n.p2align 40\\n.popsection\");\n"),
        ("200,000 nested parentheses", $"int bomb = {new string('(', 200_000)}1{new string(')', 200_000)};\n"),
        ("100,000 nested blocks", $"void bomb(void) {{ {new string('{', 100_000)}{new string('}', 100_000)} }}\n"),
        ("256 MB string by pasting", $"{Strings(28)}const char bomb[] = S28;\n"),
        ("200,000 messages and an error", Messages() + "#error bomb\n"),
    ];

    private static string Doubling(int times)
    {
        var text = new StringBuilder("#define M0 1,\n");
        for (var i = 1; i <= times; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#define M{i} M{i - 1} M{i - 1}\n");
        }

        return text.ToString();
    }

    private static string Strings(int times)
    {
        var text = new StringBuilder("#define S0 \"a\"\n");
        for (var i = 1; i <= times; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#define S{i} S{i - 1} S{i - 1}\n");
        }

        return text.ToString();
    }

    private static string Messages() => string.Concat(Enumerable.Repeat("#warning again and again and again and again and again and again and again\n", 200_000));
}
