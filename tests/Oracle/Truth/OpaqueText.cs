using System.Text;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Truth;

/// <summary>
/// Hides a function's body from the rest of its unit. The product writes the attribute before the name in the definition;
/// the oracle declares the function once more behind everything else. GCC merges the attributes of all declarations before
/// any interprocedural pass runs.
/// </summary>
internal static class OpaqueText
{
    public static byte[] Of(ReadOnlySpan<byte> text, DefinedFunction function)
    {
        var storage = function.IsStatic ? "static" : "extern";
        return [.. text, .. Encoding.UTF8.GetBytes($"\n;{storage} __typeof__({function.Name}) {function.Name} __attribute__((__noipa__));\n")];
    }
}
