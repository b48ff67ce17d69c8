namespace IpaAnalysis.Building.Sources.Headers;

/// <summary>A place where the compiler looked, or would have looked, for a header, and what was there.</summary>
/// <param name="Path">Absolute path of a file or directory, not normalised.</param>
/// <param name="State">
/// <see cref="Absent"/>, <see cref="There"/>, or a hash of the names in the directory where a header's name is known to the preprocessor only.
/// </param>
internal readonly record struct HeaderLookup(string Path, string State)
{
    /// <summary>The state of nothing.</summary>
    public const string Absent = "-";

    /// <summary>The state of a file or directory of which only that matters.</summary>
    public const string There = "+";

    /// <summary>Whether <see cref="State"/> is of the names in a directory.</summary>
    public bool IsOfNames => State is not (Absent or There);
}
