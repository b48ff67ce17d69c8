using IpaAnalysis.Passes;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>
/// The versions of a function for several processors (attribute <c>target_clones</c>). Up to GCC 15 the clone dump names
/// them; GCC 16 makes them without a line there, and the symbols <c>f.default</c>, <c>f.avx2</c>, … are all there is to see.
/// </summary>
internal static class TargetVersions
{
    /// <summary>What stands for the reason in the dump: the name of the version that every such function has.</summary>
    public static ReadOnlySpan<byte> Reason => "default"u8;

    private static ReadOnlySpan<byte> DefaultSuffix => ".default"u8;

    private static ReadOnlySpan<byte> ResolverSuffix => ".resolver"u8;

    /// <summary>Whether a symbol is the function that chooses a version at run time.</summary>
    public static bool IsResolver(ReadOnlySpan<byte> symbol) => symbol.EndsWith(ResolverSuffix);

    /// <summary>
    /// Whether a call graph's name is none of the source: GCC 16 calls each version <c>f.default.</c> there, and the resolver as
    /// the function itself.
    /// </summary>
    public static bool IsWorkingName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> symbol) =>
        name.EndsWith((byte)'.') || (IsResolver(symbol) && !IsResolver(name));

    /// <summary>
    /// The versions that no line of the dump and no suffix tells yet, each with the function that the source has. That one
    /// gets the place of its default version, which is all that GCC 16 writes of it.
    /// </summary>
    public static List<(int Original, int Version)> Find(FunctionTable functions)
    {
        var originals = new HashSet<int>();
        for (var function = 0; function < functions.Count; function++)
        {
            if (IsClone(functions, function)
                && functions.SymbolOf(function).EndsWith(DefaultSuffix)
                && functions.Find(functions.SymbolOf(function)[..^DefaultSuffix.Length]) is >= 0 and var original)
            {
                originals.Add(original);
                ref var entry = ref functions[original];
                if (entry.File < 0)
                {
                    var version = functions[function];
                    (entry.File, entry.Line, entry.Column) = (version.File, version.Line, version.Column);
                }
            }
        }

        var versions = new List<(int Original, int Version)>();
        for (var function = 0; originals.Count > 0 && function < functions.Count; function++)
        {
            var symbol = functions.SymbolOf(function);
            if ((functions[function].Traits & (FunctionTraits.HasBody | FunctionTraits.Clone)) == FunctionTraits.HasBody
                && !IsResolver(symbol)
                && !ClonePasses.TrySplitSuffix(symbol, out _, out _)
                && symbol.LastIndexOf((byte)'.') is > 0 and var end
                && functions.Find(symbol[..end]) is >= 0 and var original
                && originals.Contains(original))
            {
                versions.Add((original, function));
            }
        }

        return versions;
    }

    private static bool IsClone(FunctionTable functions, int function) => functions[function].Traits.HasFlag(FunctionTraits.Clone);
}
