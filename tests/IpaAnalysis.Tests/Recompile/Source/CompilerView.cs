using System.Text.RegularExpressions;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>What the compiler itself finds in a preprocessed text, by its dumps.</summary>
internal sealed partial class CompilerView
{
    /// <summary>Assembler name by source name of every function with a body, also those that are not emitted.</summary>
    public required ILookup<string, string> Functions { get; init; }

    /// <summary>Source names of the variables of file scope, without that which x86 kernels keep in a register.</summary>
    public required HashSet<string> Variables { get; init; }

    /// <summary>The attributes that were in force for each function that got as far as lowering.</summary>
    public required Dictionary<string, string> Attributes { get; init; }

    public required string Assembly { get; init; }

    public static CompilerView Of(TemporaryTree tree, string compiler, byte[] text, params string[] flags)
    {
        File.WriteAllBytes(tree["u.i"], text);

        // From GCC 14 on, what C has not had since 1999 is an error unless it is named.
        tree.Run("", Tools.Require(compiler), ["-O2", .. flags, "-w", "-Wno-implicit-int", "-Wno-implicit-function-declaration", "-g0", "-S", "u.i", "-o", "u.s", "-fdump-tree-original=u.original", "-fdump-tree-lower=u.lower", "-fdump-ipa-cgraph=u.cgraph"]);
        var symbols = File.ReadAllText(tree["u.cgraph"]);
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in LoweredFunction().Matches(File.ReadAllText(tree["u.lower"])))
        {
            attributes[match.Groups["name"].Value] = match.Groups["attributes"].Value;
        }

        return new CompilerView
        {
            Functions = OriginalFunction().Matches(File.ReadAllText(tree["u.original"]))
                .ToLookup(m => m.Groups["name"].Value, m => m.Groups["symbol"].Value is "null" ? m.Groups["name"].Value : m.Groups["symbol"].Value.TrimStart('*')),
            Variables = [.. Variable().Matches(symbols[..symbols.IndexOf("Reclaiming", StringComparison.Ordinal)])
                .Where(m => m.Groups["name"].Value is not "current_stack_pointer").Select(m => m.Groups["name"].Value)],
            Attributes = attributes,
            Assembly = File.ReadAllText(tree["u.s"]),
        };
    }

    [GeneratedRegex(@"^;; Function (?<name>\S+) \((?<symbol>[^,)]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex OriginalFunction();

    [GeneratedRegex(@"^;; Function (?<name>\S+) \(.*\n\n(__attribute__\(\((?<attributes>.*)\)\)\n)?", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LoweredFunction();

    [GeneratedRegex(@"^[^ \n]*(?<!\.\d+)/\d+ \((?<name>[\w$]+)\)( @0x\S+)?\n  Type: variable definition", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
