using IpaAnalysis.Recompile;

namespace IpaAnalysis.Outputs;

/// <summary>Writes what compiling again tells of a patched function, but for what refers to the graph.</summary>
internal static class ExactImpactText
{
    /// <summary>Writes the members of the function's object that come after those of every scope.</summary>
    public static void Write(Utf8Text text, ExactImpact exact)
    {
        text.Raw(exact.IsExact ? ",\n      \"exact\": true"u8 : ",\n      \"exact\": false"u8);
        WriteArray(text, ",\n      \"inexactBecause\": ["u8, exact.InexactBecause, static (text, cause) =>
        {
            WriteMember(text, "\n          \"object\": "u8, cause.Object);
            WriteMember(text, ",\n          \"cause\": "u8, cause.Cause);
        });
        WriteArray(text, ",\n      \"unsafeCallees\": ["u8, exact.UnsafeCallees, static (text, callee) =>
        {
            WriteMember(text, "\n          \"object\": "u8, callee.Object);
            WriteMember(text, ",\n          \"symbol\": "u8, callee.Symbol);
            WriteMember(text, ",\n          \"function\": "u8, callee.Function);
            WriteMember(text, ",\n          \"why\": "u8, callee.Why);
            WriteMember(text, ",\n          \"pass\": "u8, callee.Pass);
        });
        WriteArray(text, ",\n      \"foldedVariables\": ["u8, exact.FoldedVariables, static (text, variable) =>
        {
            WriteMember(text, "\n          \"object\": "u8, variable.Object);
            WriteMember(text, ",\n          \"variable\": "u8, variable.Variable);
            WriteSymbols(text, ",\n          \"readers\": ["u8, variable.Readers);
            WriteSymbols(text, ",\n          \"writers\": ["u8, variable.Writers);
        });
    }

    private static void WriteArray<T>(Utf8Text text, ReadOnlySpan<byte> start, IReadOnlyList<T> elements, Action<Utf8Text, T> write)
    {
        text.Raw(start);
        for (var i = 0; i < elements.Count; i++)
        {
            text.Raw(i == 0 ? "\n        {"u8 : ",\n        {"u8);
            write(text, elements[i]);
            text.Raw("\n        }"u8);
        }

        text.Raw(elements.Count == 0 ? "]"u8 : "\n      ]"u8);
    }

    private static void WriteSymbols(Utf8Text text, ReadOnlySpan<byte> start, IReadOnlyList<string> symbols)
    {
        text.Raw(start);
        for (var i = 0; i < symbols.Count; i++)
        {
            WriteMember(text, i == 0 ? "\n            "u8 : ",\n            "u8, symbols[i]);
        }

        text.Raw(symbols.Count == 0 ? "]"u8 : "\n          ]"u8);
    }

    private static void WriteMember(Utf8Text text, ReadOnlySpan<byte> start, string? value)
    {
        text.Raw(start);
        text.String(value);
    }
}
