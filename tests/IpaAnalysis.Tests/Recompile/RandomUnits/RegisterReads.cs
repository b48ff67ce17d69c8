using System.Text;
using System.Text.RegularExpressions;

namespace IpaAnalysis.Tests.Recompile.RandomUnits;

/// <summary>
/// Finds, in the compiler's x86-64 assembly, functions that read a register behind a call although the calling convention lets the callee
/// change it (System V psABI, "Register Usage"), with nothing written to it in between. It shares no code with what it checks.
/// </summary>
internal sealed partial class RegisterReads
{
    // What a callee may change, without the one that an integer is returned in.
    private static readonly string[] s_changed = ["cx", "dx", "si", "di", "r8", "r9", "r10", "r11"];

    private readonly Dictionary<string, List<string>> _functions = new(StringComparer.Ordinal);

    public RegisterReads(byte[] assembly)
    {
        List<string>? current = null;
        foreach (var raw in Encoding.UTF8.GetString(assembly).Split('\n'))
        {
            var line = raw.Split('#')[0].Trim();
            if (line.EndsWith(':') && !line.StartsWith('.'))
            {
                // The cold part belongs to its function.
                var name = line[..^1];
                name = name.EndsWith(".cold", StringComparison.Ordinal) ? name[..^5] : name;
                current = _functions.TryGetValue(name, out var known) ? known : _functions[name] = [];
            }
            else if (line.StartsWith(".size", StringComparison.Ordinal))
            {
                current = null;
            }
            else if (line.Length > 0 && (line[0] != '.' || line.StartsWith(".L", StringComparison.Ordinal)))
            {
                current?.Add(line.Replace('\t', ' '));
            }
        }
    }

    /// <summary>The functions that read such a register behind a call of another one.</summary>
    public IEnumerable<string> Behind(string callee) => _functions.Where(f => f.Key != callee && Reads(f.Value, callee)).Select(f => f.Key);

    private static bool Reads(List<string> lines, string callee)
    {
        var labels = lines.Select((l, i) => (Line: l, Index: i)).Where(l => l.Line.EndsWith(':') && !l.Line.StartsWith(".LF", StringComparison.Ordinal)).ToDictionary(l => l.Line[..^1], l => l.Index);
        var seen = new HashSet<(int, string)>();
        var open = new Stack<(int At, string[] Registers)>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (Target(lines[i], "call") == callee)
            {
                open.Push((i + 1, s_changed));
            }
        }

        while (open.TryPop(out var state))
        {
            var (at, registers) = state;
            if (at >= lines.Count || registers.Length == 0 || !seen.Add((at, string.Join(',', registers))))
            {
                continue;
            }

            var line = lines[at];
            var (read, written) = line.EndsWith(':') ? ([], []) : Effect(line);
            if (read.Intersect(registers).Any())
            {
                return true;
            }

            registers = [.. registers.Except(written)];
            var name = line.Split(' ')[0];
            if (name.StartsWith('j'))
            {
                if (labels.TryGetValue(line.Split(' ')[^1], out var target))
                {
                    open.Push((target, registers));
                }
                else if (line.Contains('*', StringComparison.Ordinal))
                {
                    // A table of jumps leads to any label.
                    labels.Values.ToList().ForEach(l => open.Push((l, registers)));
                }
            }

            if (name is not ("jmp" or "ret" or "ud2"))
            {
                open.Push((at + 1, registers));
            }
        }

        return false;
    }

    private static (IEnumerable<string> Read, IEnumerable<string> Written) Effect(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        var name = blank < 0 ? line : line[..blank];
        if ((Target(line, "call") ?? Target(line, "jmp")) is { } callee && !callee.StartsWith('.') && !callee.StartsWith('*'))
        {
            // Clones take what they please; what is outside may change all.
            string[] arguments = callee.Contains('.', StringComparison.Ordinal) || !IsOurs().IsMatch(callee) ? [] : ["di", "si"];
            return (arguments, callee.StartsWith("ext", StringComparison.Ordinal) || !IsOurs().IsMatch(callee) ? s_changed : []);
        }

        string[] operands = blank < 0 ? [] : [.. Operand().Matches(line[blank..]).Select(m => m.Value.Trim())];
        var memory = operands.Where(o => o.Contains('(', StringComparison.Ordinal)).SelectMany(Registers);
        string[] direct = [.. operands.Where(o => o.StartsWith('%'))];
        var last = operands.Length > 0 && operands[^1].StartsWith('%') ? operands[^1] : null;
        string[] written = last is null || name.StartsWith("cmp", StringComparison.Ordinal) || name.StartsWith("test", StringComparison.Ordinal) || name.StartsWith("push", StringComparison.Ordinal)
            || IsByte().IsMatch(last) ? [] : [.. Registers(last)];
        var isSame = direct.Length == 2 && direct[0] == direct[1] && operands.Length == 2 && (name[..3] is "xor" or "sub" or "sbb");
        var isOnlyWritten = (name.StartsWith("mov", StringComparison.Ordinal) || name.StartsWith("lea", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal)
            || name.StartsWith("pop", StringComparison.Ordinal) || (name.StartsWith("imul", StringComparison.Ordinal) && operands.Length == 3));
        IEnumerable<string> read = isSame ? [] : (isOnlyWritten && last is not null ? direct[..^1] : direct).SelectMany(Registers);
        return name switch
        {
            "cltd" or "cqto" => ([], ["dx"]),
            "idivl" or "divl" or "idivq" or "divq" => (memory.Concat(read).Append("dx"), ["dx"]),
            "imull" or "mull" or "imulq" or "mulq" when operands.Length == 1 => (memory.Concat(read), ["dx"]),
            "rep" => (["cx", "di"], ["cx", "di"]),
            _ => (memory.Concat(read), written),
        };
    }

    private static string? Target(string line, string instruction) =>
        line.StartsWith(instruction + " ", StringComparison.Ordinal) ? line[(instruction.Length + 1)..].Replace("@PLT", "", StringComparison.Ordinal).Trim() : null;

    private static IEnumerable<string> Registers(string operand) => Register().Matches(operand).Select(m => m.Groups[1].Value switch
    {
        "cl" or "ch" => "cx",
        "dl" or "dh" => "dx",
        "sil" => "si",
        "dil" => "di",
        var r when r[0] == 'r' && char.IsAsciiDigit(r[1]) => r.TrimEnd('d', 'w', 'b'),
        var r => r.TrimStart('e', 'r'),
    });

    [GeneratedRegex(@"%([a-z0-9]+)")]
    private static partial Regex Register();

    [GeneratedRegex(@"^%([a-d][lh]|[sd]il|[a-d]x|[sd]i|r\d+[bw])$")]
    private static partial Regex IsByte();

    [GeneratedRegex(@"^(f\d+|ext\d)$")]
    private static partial Regex IsOurs();

    [GeneratedRegex(@"[^,()]*\([^)]*\)|[^,]+")]
    private static partial Regex Operand();
}
