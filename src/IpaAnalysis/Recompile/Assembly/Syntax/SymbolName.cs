using System.Text;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>Takes apart the symbols that GCC makes of a source-level name: clone suffixes, part names, numbers.</summary>
internal static class SymbolName
{
    private static ReadOnlySpan<byte> ColdSuffix => ".cold"u8;

    /// <summary>The part of a symbol that the source gave: <c>g</c> of <c>g.part.0.isra.2</c> and of <c>g.cold</c>, <c>n</c> of <c>n.12</c>.</summary>
    public static ReadOnlySpan<byte> Origin(ReadOnlySpan<byte> symbol)
    {
        while (ClonePasses.TrySplitSuffix(symbol, out var length, out _) || TrySplitNumber(symbol, out length))
        {
            symbol = symbol[..length];
        }

        return symbol;
    }

    /// <summary>The function that a symbol is a part of: <c>g.isra.0</c> for <c>g.isra.0._omp_fn.1</c>; the symbol itself if it is none.</summary>
    public static string Whole(string symbol)
    {
        ReadOnlySpan<byte> whole = Encoding.UTF8.GetBytes(symbol);
        var isPart = false;
        while (ClonePasses.TrySplitSuffix(whole, out var length, out var pass) && pass is null)
        {
            whole = whole[..length];
            isPart = true;
        }

        return isPart ? Text(whole) : symbol;
    }

    /// <summary>The symbol of the function of the source that a symbol is a clone or a part of.</summary>
    public static string Origin(string symbol) => Text(Origin(Encoding.UTF8.GetBytes(symbol)));

    /// <summary>The source's name of a nested function, whose symbol has a number behind it; null when it cannot be one.</summary>
    public static string? NestedName(string symbol)
    {
        var point = symbol.LastIndexOfAny(['.', '$']);
        return point > 0 && point + 1 < symbol.Length && !symbol.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') ? symbol[..point] : null;
    }

    /// <summary>The symbol of the function that a symbol is a clone or a part of, with the number of a nested one: <c>n.12</c> of <c>n.12.isra.0</c>.</summary>
    public static string Instance(string symbol)
    {
        ReadOnlySpan<byte> instance = Encoding.UTF8.GetBytes(symbol);
        while (ClonePasses.TrySplitSuffix(instance, out var length, out _))
        {
            instance = instance[..length];
        }

        return Text(instance);
    }

    /// <summary>The kinds of a symbol's clone suffixes in order, joined by dots, without numbers and part names.</summary>
    public static string Kind(ReadOnlySpan<byte> symbol)
    {
        var kinds = new List<string>();
        while (true)
        {
            if (ClonePasses.TrySplitSuffix(symbol, out var length, out var pass))
            {
                if (pass is not null)
                {
                    kinds.Add(pass.Reason);
                }
            }
            else if (!TrySplitNumber(symbol, out length))
            {
                break;
            }

            symbol = symbol[..length];
        }

        kinds.Reverse();
        return string.Join('.', kinds);
    }

    /// <summary>Whether a symbol has a number of the compile in it (<c>n.12</c>, <c>g.isra.0</c>): it means nothing by itself.</summary>
    public static bool IsNumbered(ReadOnlySpan<byte> symbol)
    {
        for (var dot = symbol.IndexOf((byte)'.'); dot >= 0;)
        {
            var rest = symbol[(dot + 1)..];
            var next = rest.IndexOf((byte)'.');
            if (dot > 0 && IsNumber(next < 0 ? rest : rest[..next]))
            {
                return true;
            }

            dot = next < 0 ? -1 : dot + 1 + next;
        }

        return false;
    }

    /// <summary>The symbol without the numbers in it; the buffer is as long as the symbol.</summary>
    public static ReadOnlySpan<byte> WithoutNumbers(ReadOnlySpan<byte> symbol, Span<byte> buffer)
    {
        var used = 0;
        for (var start = 0; start <= symbol.Length;)
        {
            var length = symbol[start..].IndexOf((byte)'.');
            var end = length < 0 ? symbol.Length : start + length;
            var part = symbol[start..end];
            if (start == 0 || !IsNumber(part))
            {
                if (start > 0)
                {
                    buffer[used++] = (byte)'.';
                }

                part.CopyTo(buffer[used..]);
                used += part.Length;
            }

            start = end + 1;
        }

        return buffer[..used];
    }

    /// <summary>The symbol a <c>.localalias</c> name stands for; the symbol itself if it is none.</summary>
    public static ReadOnlySpan<byte> WithoutLocalAlias(ReadOnlySpan<byte> symbol)
    {
        var at = symbol.LastIndexOf(".localalias"u8);
        if (at <= 0)
        {
            return symbol;
        }

        var rest = symbol[(at + ".localalias".Length)..];
        return rest.IsEmpty || (rest[0] == (byte)'.' && IsNumber(rest[1..])) ? symbol[..at] : symbol;
    }

    /// <summary>Whether a symbol is the cold part of another one.</summary>
    public static bool IsColdOf(ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> whole)
    {
        if (!symbol.StartsWith(whole) || !symbol[whole.Length..].StartsWith(ColdSuffix))
        {
            return false;
        }

        var rest = symbol[(whole.Length + ColdSuffix.Length)..];
        return rest.IsEmpty || (rest[0] == (byte)'.' && IsNumber(rest[1..]));
    }

    public static string Text(ReadOnlySpan<byte> symbol) => Encoding.UTF8.GetString(symbol);

    private static bool TrySplitNumber(ReadOnlySpan<byte> symbol, out int length)
    {
        length = symbol.LastIndexOf((byte)'.');
        return length > 0 && IsNumber(symbol[(length + 1)..]);
    }

    private static bool IsNumber(ReadOnlySpan<byte> part) => !part.IsEmpty && !part.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
