using System.Collections.Frozen;
using System.Text;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Flow;

/// <summary>Tells the instructions that change the flow of control, for the processors where that is known.</summary>
internal static class FlowSyntax
{
    // Intel SDM, volume 2, Jcc: each pair asks for one condition and its opposite; names in one word are the same.
    private static readonly FrozenDictionary<string, (int Condition, bool IsOpposite)> s_x64 =
        Conditions("j", "e z", "ne nz", "l nge", "ge nl", "le ng", "g nle", "b c nae", "ae nc nb", "be na", "a nbe", "s", "ns", "o", "no", "p pe", "np po");

    // Arm ARM, C1.2.4; those of a comparison with zero and of a bit have their operands in front of the label.
    private static readonly FrozenDictionary<string, (int Condition, bool IsOpposite)> s_arm64 =
        Conditions("b", "eq .eq", "ne .ne", "cs .cs hs .hs", "cc .cc lo .lo", "mi .mi", "pl .pl", "vs .vs", "vc .vc", "hi .hi", "ls .ls", "ge .ge", "lt .lt", "gt .gt", "le .le")
            .Concat(Conditions("", "cbz", "cbnz", "tbz", "tbnz").Select(static c => KeyValuePair.Create(c.Key, (c.Value.Condition + 100, c.Value.IsOpposite))))
            .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_endsX64 = FrozenSet.Create(StringComparer.Ordinal, "ret", "ud2", "hlt");
    private static readonly FrozenSet<string> s_endsArm64 = FrozenSet.Create(StringComparer.Ordinal, "ret", "br", "eret");

    /// <summary>Where control goes behind a line of normalised code.</summary>
    /// <param name="line">The line.</param>
    /// <param name="load">The processor.</param>
    /// <param name="label">The label that the instruction may go to; empty for none.</param>
    /// <param name="condition">The condition of a branch, the same number for it and its opposite, with its operands.</param>
    /// <param name="isOpposite">Whether it is the opposite.</param>
    public static FlowKind Of(ReadOnlySpan<byte> line, ConstantLoad load, out ReadOnlySpan<byte> label, out string condition, out bool isOpposite)
    {
        var isX64 = load == ConstantLoad.X64;
        var blank = line.IndexOf((byte)' ');
        var name = Encoding.UTF8.GetString(blank < 0 ? line : line[..blank]);
        var operands = blank < 0 ? default : line[(blank + 1)..];
        var last = operands[(operands.LastIndexOf((byte)',') + 1)..];
        label = default;
        (condition, isOpposite) = ("", false);
        if ((isX64 ? s_endsX64 : s_endsArm64).Contains(name) || line.SequenceEqual("rep ret"u8) || line.SequenceEqual("call __stack_chk_fail"u8))
        {
            return FlowKind.End;
        }

        if (name == (isX64 ? "jmp" : "b"))
        {
            label = LocalLabels.IsLocal(operands) && OperandText.WordLength(operands) == operands.Length ? operands : default;
            return label.IsEmpty ? FlowKind.End : FlowKind.Jump;
        }

        if (!(isX64 ? s_x64 : s_arm64).TryGetValue(name, out var known) || !LocalLabels.IsLocal(last) || OperandText.WordLength(last) != last.Length)
        {
            return FlowKind.Next;
        }

        label = last;
        condition = $"{known.Condition} {Encoding.UTF8.GetString(operands[..^last.Length])}";
        isOpposite = known.IsOpposite;
        return FlowKind.Branch;
    }

    private static FrozenDictionary<string, (int Condition, bool IsOpposite)> Conditions(string prefix, params string[] names) => names
        .SelectMany((words, i) => words.Split(' ').Select(w => KeyValuePair.Create(prefix + w, (i / 2, i % 2 == 1))))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
