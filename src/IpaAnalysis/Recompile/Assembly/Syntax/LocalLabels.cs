namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>The names of the assembler's local labels.</summary>
internal static class LocalLabels
{
    public static bool IsLocal(ReadOnlySpan<byte> symbol) => symbol.Length > 2 && symbol[0] == (byte)'.' && symbol[1] == (byte)'L';

    /// <summary>Whether a label is that of a constant, which only the compiler names so.</summary>
    public static bool IsConstant(ReadOnlySpan<byte> label) => IsNumbered(label, ".LC"u8);

    public static bool IsAnchor(ReadOnlySpan<byte> symbol) => symbol.StartsWith(".LANCHOR"u8);

    /// <summary>Whether a label only marks the place of a function or its parts for tables and debugging information.</summary>
    public static bool IsMark(ReadOnlySpan<byte> label) =>
        IsNumbered(label, ".LFB"u8) || IsNumbered(label, ".LFE"u8) || IsNumbered(label, ".LFSB"u8) || IsNumbered(label, ".LPFE"u8)
        || IsNumbered(label, ".LCOLDB"u8) || IsNumbered(label, ".LCOLDE"u8) || IsNumbered(label, ".LHOTB"u8) || IsNumbered(label, ".LHOTE"u8)
        || IsNumbered(label, ".LVL"u8) || IsNumbered(label, ".LBB"u8) || IsNumbered(label, ".LBE"u8)
        || label.StartsWith(".Ltext"u8) || label.StartsWith(".Letext"u8) || label.StartsWith(".Lcold"u8);

    private static bool IsNumbered(ReadOnlySpan<byte> label, ReadOnlySpan<byte> prefix) =>
        label.Length > prefix.Length && label.StartsWith(prefix) && OperandText.IsDigit(label[prefix.Length]);
}
