namespace IpaAnalysis.Recompile.Causes;

/// <summary>Why it is not known exactly what depends on a function in an object.</summary>
/// <param name="Object">The object's name in the manifest; null when it concerns all objects.</param>
/// <param name="Cause">The cause and what helps, in words, without absolute paths.</param>
internal sealed record InexactCause(string? Object, string Cause)
{
    /// <summary>Nobody asked.</summary>
    public static InexactCause NotAsked { get; } = new(null, "The compiler was not asked. Set IpaExactImpact to true.");
}
