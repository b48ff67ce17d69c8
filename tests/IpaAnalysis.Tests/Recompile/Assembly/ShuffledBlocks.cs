using System.Text;
using IpaAnalysis.Recompile.Assembly.Flow;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Puts the blocks of a function's normalised code in another order.</summary>
internal static class ShuffledBlocks
{
    private static readonly Dictionary<string, string> s_opposite = "je jne jl jge jle jg jb jnb ja jna js jns beq bne bls bhi bgt ble blt bge cbz cbnz tbz tbnz bcs bcc bmi bpl"
        .Split(' ').Chunk(2).SelectMany(p => (KeyValuePair<string, string>[])[new(p[0], p[1]), new(p[1], p[0])]).ToDictionary();

    /// <summary>The lines in another order; null where there is nothing to put elsewhere.</summary>
    public static string[]? Of(string[] lines, ConstantLoad processor, Random random)
    {
        var tables = Array.FindIndex(lines, l => l.StartsWith("[table", StringComparison.Ordinal));
        string[] code = [.. (tables < 0 ? lines : lines[..tables]).Where(l => !l.StartsWith(".p2align", StringComparison.Ordinal) && !l.StartsWith(".align", StringComparison.Ordinal))];
        if (Array.Exists(code, l => l.StartsWith('[')))
        {
            return null;
        }

        var blocks = new List<List<string>> { new() };
        foreach (var line in code)
        {
            if (line.EndsWith(':') && blocks[^1].Count > 0 && !blocks[^1][^1].EndsWith(':'))
            {
                blocks.Add([]);
            }

            blocks[^1].Add(line);
            if (Kind(line, processor) != FlowKind.Next)
            {
                blocks.Add([]);
            }
        }

        blocks.RemoveAll(b => b.Count == 0);
        var jump = processor == ConstantLoad.X64 ? "jmp" : "b";
        for (var i = 0; i < blocks.Count; i++)
        {
            blocks[i].Insert(0, $".Lb{i}:");
            var last = blocks[i][^1];
            var kind = Kind(last, processor);
            var name = last.Split(' ')[0];
            if (kind is FlowKind.Next or FlowKind.Branch)
            {
                // What does not return ends a function, and goes nowhere.
                if (i + 1 == blocks.Count)
                {
                    return null;
                }

                var target = last[(last.LastIndexOfAny([' ', ',']) + 1)..];
                if (kind == FlowKind.Branch && random.Next(2) == 0 && s_opposite.TryGetValue(name, out var opposite))
                {
                    blocks[i][^1] = $"{opposite}{last[name.Length..^target.Length]}.Lb{i + 1}";
                    blocks[i].Add($"{jump} {target}");
                }
                else
                {
                    blocks[i].Add($"{jump} .Lb{i + 1}");
                }
            }
        }

        var first = blocks[0];
        var rest = blocks[1..].ToArray();
        random.Shuffle(rest);
        return rest.Length < 2 ? null : [.. first, .. rest.SelectMany(b => b.Prepend(".p2align 4")), .. tables < 0 ? [] : lines[tables..]];
    }

    private static FlowKind Kind(string line, ConstantLoad processor) => FlowSyntax.Of(Encoding.UTF8.GetBytes(line), processor, out _, out _, out _);
}
