using System.Buffers.Text;
using System.Collections.Frozen;

namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>What the directives of GCC's output mean for a function's code (gas manual, chapter "Assembler Directives").</summary>
internal static class Directives
{
    /// <summary>More than this is no variable's size, and sums of it stay far from overflow.</summary>
    private const long MaxSize = 1L << 40;

    // Debugging, symbol attributes and marks of the file: no code and no data.
    private static readonly FrozenSet<string> NoCode = FrozenSet.Create(
        ".file", ".loc", ".ident", ".size", ".type", ".globl", ".global", ".local", ".weak", ".hidden", ".protected", ".internal",
        ".arch", ".arch_extension", ".cpu", ".tune", ".machine", ".machinemode", ".abiversion", ".gnu_attribute", ".attribute",
        ".variant_pcs", ".symver", ".cfi_sections", ".comm", ".lcomm", ".code64", ".att_syntax", ".version");

    private static readonly FrozenDictionary<string, int> Integers = new Dictionary<string, int>
    {
        [".byte"] = 1, [".1byte"] = 1, [".dc.b"] = 1,
        [".short"] = 2, [".2byte"] = 2, [".value"] = 2, [".hword"] = 2, [".half"] = 2,
        [".long"] = 4, [".4byte"] = 4, [".int"] = 4, [".single"] = 4, [".float"] = 4,
        [".quad"] = 8, [".8byte"] = 8, [".xword"] = 8, [".dword"] = 8, [".double"] = 8, [".tc"] = 8,
        [".octa"] = 16,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Strings = FrozenSet.Create(".string", ".asciz", ".ascii", ".string8");

    private static readonly FrozenSet<string> Fillers = FrozenSet.Create(".zero", ".skip", ".space", ".fill", ".uleb128", ".sleb128", ".reloc", ".incbin", ".base64", ".nops", ".inst", ".insn");

    /// <summary>Whether the directive adds nothing to the function or variable it stands in.</summary>
    public static bool IsNoCode(ReadOnlySpan<byte> directive) => directive.StartsWith(".cfi_"u8) || Has(NoCode, directive);

    public static bool IsAlignment(ReadOnlySpan<byte> directive) =>
        directive.StartsWith(".align"u8) || directive.StartsWith(".p2align"u8) || directive.StartsWith(".balign"u8);

    /// <summary>Whether the directive puts bytes into the section.</summary>
    public static bool IsData(ReadOnlySpan<byte> directive, AssemblySyntax syntax) =>
        IntegerSize(directive, syntax) > 0 || Has(Strings, directive) || Has(Fillers, directive);

    /// <summary>Whether the directive sets a symbol: <c>.set symbol,expression</c>.</summary>
    public static bool IsSet(ReadOnlySpan<byte> directive) =>
        directive.SequenceEqual(".set"u8) || directive.SequenceEqual(".equ"u8) || directive.SequenceEqual(".equiv"u8) || directive.SequenceEqual(".weakref"u8);

    /// <summary>The number of bytes a data directive puts into the section; false if it cannot be told.</summary>
    public static bool TrySize(ReadOnlySpan<byte> directive, ReadOnlySpan<byte> operands, AssemblySyntax syntax, out long size)
    {
        size = 0;
        if (IntegerSize(directive, syntax) is > 0 and var each)
        {
            // `.tc name[TC],value` has one value.
            size = directive.SequenceEqual(".tc"u8) ? each : (long)each * CountOperands(operands);
            return true;
        }

        if (Has(Strings, directive))
        {
            return TryStringSize(operands, directive.SequenceEqual(".ascii"u8) ? 0 : 1, out size);
        }

        return (directive.SequenceEqual(".zero"u8) || directive.SequenceEqual(".skip"u8) || directive.SequenceEqual(".space"u8))
            && TryNumber(OperandText.FirstOperand(operands), out size);
    }

    /// <summary>The alignment in bytes that an alignment directive asks for; false if it cannot be told.</summary>
    public static bool TryAlignment(ReadOnlySpan<byte> directive, ReadOnlySpan<byte> operands, AssemblySyntax syntax, out long alignment)
    {
        if (!TryNumber(OperandText.FirstOperand(operands), out alignment))
        {
            return false;
        }

        if (directive.StartsWith(".p2align"u8) || (directive.StartsWith(".align"u8) && syntax.AlignIsPower))
        {
            alignment = alignment < 40 ? 1L << (int)alignment : MaxSize;
        }

        return alignment > 0;
    }

    /// <summary>Reads a decimal number, the whole span.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value is >= 0 and <= MaxSize;

    /// <summary>Bytes of each value of a directive of integers; 0 for other directives.</summary>
    public static int IntegerSize(ReadOnlySpan<byte> directive, AssemblySyntax syntax) =>
        directive.SequenceEqual(".word"u8) ? syntax.WordSize
        : TryText(directive, stackalloc char[16], out var text) && Integers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var size) ? size
        : 0;

    private static int CountOperands(ReadOnlySpan<byte> operands)
    {
        var count = 0;
        while (!operands.IsEmpty)
        {
            OperandText.TakeOperand(ref operands);
            count++;
        }

        return count;
    }

    private static bool TryStringSize(ReadOnlySpan<byte> operands, int terminator, out long size)
    {
        size = 0;
        while (!operands.IsEmpty)
        {
            var text = OperandText.TakeOperand(ref operands);
            if (text.Length < 2 || text[0] != (byte)'"')
            {
                return false;
            }

            text = text[1..^1];
            for (var i = 0; i < text.Length; i++, size++)
            {
                if (text[i] != (byte)'\\' || ++i >= text.Length)
                {
                    continue;
                }

                // GCC writes other bytes as up to three octal digits.
                for (var digits = 1; digits < 3 && i + 1 < text.Length && IsOctal(text[i]) && IsOctal(text[i + 1]); digits++)
                {
                    i++;
                }
            }

            size += terminator;
        }

        return true;
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';

    private static bool Has(FrozenSet<string> set, ReadOnlySpan<byte> directive) =>
        TryText(directive, stackalloc char[16], out var text) && set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    private static bool TryText(ReadOnlySpan<byte> directive, Span<char> buffer, out ReadOnlySpan<char> text)
    {
        text = default;
        if (directive.Length > buffer.Length)
        {
            return false;
        }

        for (var i = 0; i < directive.Length; i++)
        {
            buffer[i] = (char)directive[i];
        }

        text = buffer[..directive.Length];
        return true;
    }
}
