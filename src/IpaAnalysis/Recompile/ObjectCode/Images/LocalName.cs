namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>Names of variables in which the compiler or the kernel's macros put a number.</summary>
internal static class LocalName
{
    private const string Unique = "__UNIQUE_ID_";

    /// <summary>A name without such numbers: <c>__func__.12</c>, <c>__UNIQUE_ID_license307</c>, <c>.LC4</c>.</summary>
    public static string Stem(string name)
    {
        var end = name.AsSpan().TrimEnd("0123456789").Length;
        if (end == name.Length || end == 0)
        {
            return name;
        }

        var isNumbered = name[end - 1] == '.' || name[0] == '.' || name.StartsWith(Unique, StringComparison.Ordinal);
        return isNumbered ? name[..end] : name;
    }
}
