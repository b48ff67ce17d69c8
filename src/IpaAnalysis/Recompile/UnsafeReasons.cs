using IpaAnalysis.Passes;

namespace IpaAnalysis.Recompile;

/// <summary>What the code of a callee relies on, in words, by the pass.</summary>
internal static class UnsafeReasons
{
    public static string Of(string pass) =>
        ClonePasses.All.Any(c => c.Name == pass)
            ? "only a clone for the unit's own calls is left"
            : IpaPasses.Find(pass) is { } known && known.Flow == FactFlow.CallersToCallee
                ? "it is compiled for the arguments that the unit's own calls pass"
                : "it is compiled for the unit's own calls";
}
