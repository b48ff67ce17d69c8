using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Tells whether an object holds the code that the compiler makes now, by the names and sizes of its functions.</summary>
internal static class ObjectCode
{
    // objtool names the room before a function since Linux 6.2 (tools/objtool/elf.c, elf_create_prefix_symbol).
    private const string AddedByObjtool = "__pfx_";

    /// <summary>Compares.</summary>
    /// <param name="made">The object that the compiler makes now.</param>
    /// <param name="shipped">The unit's object.</param>
    /// <returns>The first difference in words; null when there is none.</returns>
    public static string? FindDifference(byte[] made, byte[] shipped)
    {
        var (now, then) = (Sizes(made), Sizes(shipped));
        if (now is null || then is null)
        {
            return "the object cannot be read";
        }

        foreach (var (symbol, size) in now)
        {
            if (!then.TryGetValue(symbol, out var other))
            {
                return $"the object has no function {symbol}";
            }

            if (size != other)
            {
                return FormattableString.Invariant($"{symbol} has {size} bytes, {other} in the object");
            }
        }

        return then.Keys.FirstOrDefault(s => !now.ContainsKey(s) && !s.StartsWith(AddedByObjtool, StringComparison.Ordinal)) is { } more
            ? $"the object has a function {more} too"
            : null;
    }

    private static SortedDictionary<string, ulong>? Sizes(byte[] content)
    {
        var diagnostics = new DiagnosticBag();
        if (ElfObject.Read(new MemoryByteSource(content), "", diagnostics) is not { HasSymbolTable: true } elf || diagnostics.HasErrors)
        {
            return null;
        }

        var sizes = new SortedDictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var function in elf.Functions)
        {
            sizes[Encoding.UTF8.GetString(elf.NameOf(function))] = function.Size;
        }

        return sizes;
    }
}
