namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>
/// The bytes that an instruction loads of a constant. GCC lets a constant be the beginning or a later part of a larger one that the
/// unit has too, <c>.set .LC0,.LC1+8</c> (gcc/varasm.cc, <c>optimize_constant_pool</c>): what of it lies behind the loaded bytes says nothing.
/// </summary>
internal static class LoadedConstant
{
    /// <summary>No vector register is larger.</summary>
    private const int MaxSize = 64;

    // Scalar instructions whose operand in memory has the width that their name says (Intel SDM, volume 2).
    private static readonly string[] s_scalar = ["mov", "add", "sub", "mul", "div", "sqrt", "max", "min", "comi", "ucomi"];

    private static readonly string[] s_eightBytes = ["movq", "movlps", "movhps", "movlpd", "movhpd", "movddup"];

    /// <summary>Stands before the bytes in the written code.</summary>
    public static ReadOnlySpan<byte> Mark => "{bytes "u8;

    /// <summary>Whether an instruction loads what a symbol in its operands names, and does not take its address.</summary>
    /// <param name="mnemonic">The instruction.</param>
    /// <param name="before">What was written before the symbol.</param>
    /// <param name="load">How the processor loads.</param>
    public static bool IsLoad(ReadOnlySpan<byte> mnemonic, ReadOnlySpan<byte> before, ConstantLoad load) => load switch
    {
        ConstantLoad.X64 => !mnemonic.IsEmpty && mnemonic[0] != (byte)'.' && !mnemonic.StartsWith("lea"u8) && !before.EndsWith("$"u8),
        ConstantLoad.AArch64 => mnemonic.SequenceEqual("adrp"u8) || mnemonic.SequenceEqual("ldr"u8),
        _ => false,
    };

    /// <summary>How many bytes an instruction loads at most; it may be fewer where it cannot be told.</summary>
    /// <param name="mnemonic">The instruction.</param>
    /// <param name="operands">Its operands.</param>
    /// <param name="load">How the processor loads.</param>
    public static int WidthOf(ReadOnlySpan<byte> mnemonic, ReadOnlySpan<byte> operands, ConstantLoad load)
    {
        if (load == ConstantLoad.AArch64)
        {
            return !mnemonic.SequenceEqual("ldr"u8) || operands.IsEmpty ? MaxSize : operands[0] switch
            {
                (byte)'b' => 1,
                (byte)'h' => 2,
                (byte)'s' or (byte)'w' => 4,
                (byte)'d' or (byte)'x' => 8,
                (byte)'q' => 16,
                _ => MaxSize,
            };
        }

        var name = SymbolName.Text(mnemonic.StartsWith("v"u8) ? mnemonic[1..] : mnemonic);
        return name == "movd" ? 4
            : Array.IndexOf(s_eightBytes, name) >= 0 ? 8
            : name.EndsWith("ss", StringComparison.Ordinal) && Array.IndexOf(s_scalar, name[..^2]) >= 0 ? 4
            : name.EndsWith("sd", StringComparison.Ordinal) && Array.IndexOf(s_scalar, name[..^2]) >= 0 ? 8
            : MaxSize;
    }

    /// <summary>Adds the bytes that a directive puts into memory; false if they cannot be told or are too many.</summary>
    /// <param name="statement">The directive with its operands.</param>
    /// <param name="syntax">The processor's syntax.</param>
    /// <param name="bytes">Takes the bytes.</param>
    public static bool TryAdd(ReadOnlySpan<byte> statement, AssemblySyntax syntax, List<byte> bytes)
    {
        var length = OperandText.WordLength(statement);
        var directive = statement[..length];
        var operands = OperandText.Trim(statement[length..]);
        var size = Directives.IntegerSize(directive, syntax);
        if (size is 0 or > 8)
        {
            if (!directive.SequenceEqual(".zero"u8) || !Directives.TryNumber(operands, out var zeros) || bytes.Count + zeros > MaxSize)
            {
                return false;
            }

            bytes.AddRange(new byte[zeros]);
            return true;
        }

        while (!operands.IsEmpty)
        {
            if (!TryInteger(OperandText.TakeOperand(ref operands), out var value) || bytes.Count + size > MaxSize)
            {
                return false;
            }

            for (var i = 0; i < size; i++)
            {
                bytes.Add((byte)(value >> (8 * (syntax.IsBigEndian ? size - 1 - i : i))));
            }
        }

        return true;
    }

    /// <summary>
    /// Whether two codes differ in nothing but how much lies behind the bytes they load: the same instruction loads no more than the shorter
    /// constant has, as each constant is at least as long as what is loaded of it.
    /// </summary>
    public static bool IsSame(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var isMerged = false;
        while (first.CommonPrefixLength(second) is var same && (same < first.Length || same < second.Length))
        {
            var start = first[..same].LastIndexOf(Mark);

            // What looks like it in a text is no constant.
            if (start < 0 || first[(start + Mark.Length)..same].IndexOf((byte)'}') >= 0
                || first[(first[..start].LastIndexOf((byte)'\n') + 1)..start].Contains((byte)'"')
                || same == first.Length || same == second.Length
                || (first[same] == (byte)'}') == (second[same] == (byte)'}'))
            {
                return false;
            }

            isMerged = true;
            first = first[(same + first[same..].IndexOf((byte)'}'))..];
            second = second[(same + second[same..].IndexOf((byte)'}'))..];
        }

        return isMerged;
    }

    private static bool TryInteger(ReadOnlySpan<byte> text, out ulong value)
    {
        if (System.Buffers.Text.Utf8Parser.TryParse(text, out value, out var used) && used == text.Length)
        {
            return true;
        }

        var isSigned = System.Buffers.Text.Utf8Parser.TryParse(text, out long signed, out used) && used == text.Length;
        value = unchecked((ulong)signed);
        return isSigned;
    }
}
