using System.Globalization;
using System.Text.RegularExpressions;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Objects;

/// <summary>Asks objdump for the instructions of an object.</summary>
internal static partial class Disassembler
{
    /// <summary>The instructions of each section with code, by its index.</summary>
    public static Dictionary<int, List<Instruction>> Run(string path, ElfObject elf)
    {
        var sections = new Dictionary<int, List<Instruction>>();
        var section = -1;
        foreach (var line in Shell.Run(Path.GetDirectoryName(path)!, elf.IsArm ? "aarch64-linux-gnu-objdump" : "objdump", ["-dzw", "--no-show-raw-insn", "--", path]).Output)
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                section = Enumerable.Range(section + 1, elf.Sections.Count - section - 1)
                    .First(i => elf.Sections[i].IsCode && elf.Sections[i].Name == heading.Groups[1].Value);
                sections[section] = [];
            }
            else if (section >= 0 && Line().Match(line) is { Success: true } match)
            {
                Add(sections[section], Hex(match.Groups[1].Value), match.Groups[2].Value);
            }
        }

        foreach (var (index, instructions) in sections)
        {
            EndAt(instructions, elf.Sections[index].Size);
        }

        return sections;
    }

    private static void Add(List<Instruction> instructions, ulong address, string text)
    {
        EndAt(instructions, address);
        text = Remark().Replace(text, "");
        var comment = Comment().Match(text);
        ulong? target = null;
        if (comment.Success)
        {
            target = Hex(comment.Groups[1].Value);
            text = Displacement().Replace(text[..comment.Index], "(%rip)");
        }
        else if (Branch().Match(text) is { Success: true } branch)
        {
            target = Hex(branch.Groups[2].Value);
            text = branch.Groups[1].Value;
        }

        instructions.Add(new Instruction(address, address, Blanks().Replace(text.Trim(), " "), target));
    }

    private static void EndAt(List<Instruction> instructions, ulong address)
    {
        if (instructions.Count > 0)
        {
            instructions[^1] = instructions[^1] with { End = address };
        }
    }

    private static ulong Hex(string digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Disassembly of section (.+):$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ *([0-9a-f]+):\t(.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\s+# ([0-9a-f]+) <.*$")]
    private static partial Regex Comment();

    // AArch64: an immediate in another base, another name of a condition.
    [GeneratedRegex(@"\s+//.*$")]
    private static partial Regex Remark();

    // The assembler itself fills in the distance to what is in the same section.
    [GeneratedRegex(@"-?0x[0-9a-f]+\(%rip\)")]
    private static partial Regex Displacement();

    [GeneratedRegex(@"^(.*\s)([0-9a-f]+) <[^>]*>$")]
    private static partial Regex Branch();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
