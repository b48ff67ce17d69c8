using System.Diagnostics.CodeAnalysis;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>Finds the original of a clone that no dump line names, from its symbol.</summary>
internal static class CloneSuffix
{
    /// <summary>Looks for the nearest function that a symbol's clone suffixes were appended to.</summary>
    public static bool TryFindBase(
        FunctionTable functions, int function, out int original, [NotNullWhen(true)] out ClonePass? pass)
    {
        var symbol = functions.SymbolOf(function);
        original = -1;
        pass = null;
        while (ClonePasses.TrySplitSuffix(symbol, out var length, out var suffix))
        {
            pass ??= suffix;
            symbol = symbol[..length];
            original = functions.Find(symbol);
            if (original >= 0 && (functions[original].Traits & FunctionTraits.HasBody) != 0)
            {
                return pass is not null;
            }
        }

        return false;
    }

    /// <summary>Whether a symbol is a part or local name (<c>f.cold</c>, <c>f.localalias</c>) of a function that is there.</summary>
    public static bool IsFragment(FunctionTable functions, int function) => WholeOf(functions, function) != function;

    /// <summary>The function that a symbol is a part or local name of; the function itself when it is none.</summary>
    public static int WholeOf(FunctionTable functions, int function)
    {
        while (ClonePasses.TrySplitSuffix(functions.SymbolOf(function), out var length, out var pass)
            && pass is null
            && functions.Find(functions.SymbolOf(function)[..length]) is >= 0 and var whole
            && functions[whole].Traits.HasFlag(FunctionTraits.HasBody))
        {
            function = whole;
        }

        return function;
    }
}
